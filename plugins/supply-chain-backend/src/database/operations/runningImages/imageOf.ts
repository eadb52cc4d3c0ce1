import {
  AnnotatedImage,
  ReasonCode,
  RunningImage,
  parseDigest,
} from 'backstage-plugin-supply-chain-common';
import { RunningImageRow } from '../../tables';

/** An image as it was stored, without the entities it belongs to: one that runs or ran, or an annotated one. */
export function imageOf(
  row: RunningImageRow,
): Omit<RunningImage, 'entityRefs'> | AnnotatedImage {
  return row.annotated ? annotatedImageOf(row) : runningImageOf(row);
}

function annotatedImageOf(row: RunningImageRow): AnnotatedImage {
  const digest = parseDigest(row.digest);
  return {
    imageRef: row.image_ref,
    ...(row.repository && { repository: row.repository }),
    ...(digest && { digest }),
    digestSource: row.digest_source as AnnotatedImage['digestSource'],
    ...(row.digest_reason && {
      digestReason: row.digest_reason as ReasonCode,
    }),
    firstSeen: row.first_seen,
    lastSeen: row.last_seen,
  };
}

function runningImageOf(
  row: RunningImageRow,
): Omit<RunningImage, 'entityRefs'> {
  const digest = parseDigest(row.digest);
  return {
    cluster: row.cluster,
    namespace: row.namespace,
    workload: { kind: row.workload_kind, name: row.workload_name },
    container: row.container,
    containerType: row.container_type as RunningImage['containerType'],
    imageRef: row.image_ref,
    ...(row.repository && { repository: row.repository }),
    ...(digest && { digest }),
    digestSource: row.digest_source as RunningImage['digestSource'],
    ...(row.image_id_repository && {
      imageIDRepository: row.image_id_repository,
    }),
    ...(row.platform && { platform: row.platform }),
    started: Boolean(row.started),
    ...(row.waiting_reason && { waitingReason: row.waiting_reason }),
    pods: row.pods,
    controllers: JSON.parse(row.controllers),
    firstSeen: row.first_seen,
    lastSeen: row.last_seen,
  };
}
