import { PolicyFacts } from 'backstage-plugin-supply-chain-common';
import { SourceHealthRow } from '../../tables';

/**
 * Whether what scans the images of a cluster can be read: every scanner of the cluster and those of none, as any of them
 * may know what the others do not. One that says nothing of a cluster is none of it; one that has not read yet cannot be
 * asked either. Nothing where nothing scans.
 *
 * @param sources - Among them every scanner.
 */
export function scannerOf(
  sources: readonly SourceHealthRow[],
  cluster: string,
): Pick<PolicyFacts, 'scanner'> {
  const scanners = sources.filter(
    source =>
      source.kind === 'scanner' &&
      (source.of_no_cluster || source.name === cluster),
  );
  if (scanners.length === 0) {
    return {};
  }
  const unread = scanners.find(
    ({ state }) => state !== 'ok' && state !== 'degraded',
  );
  return {
    scanner: unread
      ? {
          status: 'unavailable',
          ...(unread.message && { message: unread.message }),
        }
      : { status: 'ok' },
  };
}
