import { Digest, parseDigest } from './digest';
import { parseImageReference } from './imageReference';

/**
 * What a pod's `status…imageID` says (L3, L4).
 *
 * - `repositoryDigest`: a registry digest, of an index or of a platform manifest.
 * - `configOnly`: the id of a local configuration; no registry knows it.
 * - `none`: the container never started.
 * - `unreadable`: a form this product does not know, never guessed.
 *
 * @public
 */
export type ImageId =
  | { kind: 'repositoryDigest'; repository: string; digest: Digest }
  | { kind: 'configOnly'; digest: Digest }
  | { kind: 'none' }
  | { kind: 'unreadable' };

const RUNTIME_PREFIXES = ['docker-pullable://', 'docker://'];
const BARE_IDENTIFIER = /^[0-9a-f]{64}$/;

function withoutRuntimePrefix(imageId: string): string {
  const prefix = RUNTIME_PREFIXES.find(each => imageId.startsWith(each));
  return prefix ? imageId.slice(prefix.length) : imageId;
}

/**
 * Reads the `imageID` a container runtime reports. Never throws.
 *
 * @public
 */
export function parseImageId(imageId: string | undefined): ImageId {
  if (!imageId) {
    return { kind: 'none' };
  }
  const text = withoutRuntimePrefix(imageId);
  const configDigest = parseDigest(
    BARE_IDENTIFIER.test(text) ? `sha256:${text}` : text,
  );
  if (configDigest) {
    return { kind: 'configOnly', digest: configDigest };
  }
  const parsed = parseImageReference(text);
  if (!parsed.ok || !parsed.reference.digest) {
    return { kind: 'unreadable' };
  }
  const { repository, digest } = parsed.reference;
  return { kind: 'repositoryDigest', repository, digest };
}
