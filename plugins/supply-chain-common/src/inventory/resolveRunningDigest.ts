import { Digest } from '../model/digest';
import { parseImageReference } from '../model/imageReference';
import { parseImageId } from '../model/parseImageId';
import { DigestSource, ObservedContainer } from '../model/runningImage';

/**
 * What a container runs, as far as its pod tells.
 *
 * @public
 */
export type RunningDigest = {
  /** Normalised repository of the reference in the spec (L1); absent when that cannot be read. */
  repository?: string;
  digest?: Digest;
  digestSource: DigestSource;
  /** The repository `imageID` names, when it is another one (L1). */
  imageIDRepository?: string;
};

/**
 * Repository from the spec, digest from the status (L1, L3, L4). The id of a local configuration is no registry digest.
 *
 * @public
 */
export function resolveRunningDigest(
  container: Pick<ObservedContainer, 'imageRef' | 'imageID'>,
): RunningDigest {
  const parsed = parseImageReference(container.imageRef);
  const reference = parsed.ok ? parsed.reference : undefined;
  const repository = reference?.repository;
  const imageId = parseImageId(container.imageID);
  if (imageId.kind === 'repositoryDigest') {
    return {
      ...(repository !== undefined && { repository }),
      digest: imageId.digest,
      digestSource: 'imageID',
      ...(imageId.repository !== repository && {
        imageIDRepository: imageId.repository,
      }),
    };
  }
  return {
    ...(repository !== undefined && { repository }),
    ...(reference?.digest
      ? { digest: reference.digest, digestSource: 'specDigest' }
      : { digestSource: 'none' }),
  };
}
