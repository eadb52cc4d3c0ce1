import {
  RunningImage,
  parseDigest,
} from 'backstage-plugin-supply-chain-common';
import { RunningImageRow } from '../../tables';

/** A running image as it was stored, without the entities it belongs to. */
export function runningImageOf(
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
