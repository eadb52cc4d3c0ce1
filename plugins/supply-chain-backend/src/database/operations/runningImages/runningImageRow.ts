import {
  RunningImage,
  UnlinkedRunningImage,
} from 'backstage-plugin-supply-chain-common';
import { contentHash } from '../../contentHash';
import { RunningImageRow } from '../../tables';

/** The key of the subject a running image is an instance of; null when its place or digest is unknown. */
export function subjectKeyOf(
  image: Pick<RunningImage, 'repository' | 'digest'>,
): string | null {
  return image.repository && image.digest
    ? `${image.repository}@${image.digest}`
    : null;
}

/** The stable id of a running image: equal wherever and whenever the same thing runs. */
export function runningImageId(image: UnlinkedRunningImage): string {
  return contentHash([
    image.cluster,
    image.namespace,
    image.workload.kind,
    image.workload.name,
    image.containerType,
    image.container,
    image.imageRef,
    image.repository ?? '',
    image.digest ?? '',
  ]);
}

/** Options of {@link runningImageRow}. */
export type RunningImageRowOptions = {
  image: UnlinkedRunningImage;
  entityRefs: string[];
  /** RFC 3339. */
  now: string;
};

/** The row of a running image that was not seen before. */
export function runningImageRow(
  options: RunningImageRowOptions,
): RunningImageRow {
  const { image, entityRefs, now } = options;
  return {
    id: runningImageId(image),
    cluster: image.cluster,
    namespace: image.namespace,
    workload_kind: image.workload.kind,
    workload_name: image.workload.name,
    container: image.container,
    container_type: image.containerType,
    image_ref: image.imageRef,
    repository: image.repository ?? null,
    digest: image.digest ?? null,
    digest_source: image.digestSource,
    image_id_repository: image.imageIDRepository ?? null,
    subject_key: subjectKeyOf(image),
    platform: image.platform ?? null,
    started: image.started,
    waiting_reason: image.waitingReason ?? null,
    pods: image.pods,
    controllers: JSON.stringify(image.controllers),
    running: true,
    annotated: false,
    digest_reason: null,
    hash: contentHash([
      image.digestSource,
      image.imageIDRepository ?? null,
      image.platform ?? null,
      image.started,
      image.controllers,
      entityRefs,
    ]),
    first_seen: now,
    last_seen: now,
  };
}
