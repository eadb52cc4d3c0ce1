import { SourceReport } from 'backstage-plugin-supply-chain-node';
import { ClairFailure } from './ClairResult';
import { Scanner } from './ScannerWatch';

/** How Clair is doing. */
export type ClairHealth = Omit<SourceReport, 'kind' | 'name'>;

/** How a Clair is doing that answers. What is wrong with all scans comes before what is wrong with some. */
export function healthOf(options: {
  remark: Scanner['remark'];
  failures: ClairFailure[];
  total: number;
}): ClairHealth {
  const { remark, failures, total } = options;
  if (remark?.reason) {
    return { state: 'degraded', ...remark };
  }
  if (failures.length > 0) {
    // Counted, not named: who reads the sources page may not see every image (L33).
    return {
      state: 'degraded',
      reason: failures[0].reason,
      message: `${failures.length} of ${total} images could not be scanned`,
    };
  }
  return { state: 'ok', ...remark };
}
