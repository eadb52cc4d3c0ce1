import {
  packReport,
  servePages,
} from 'backstage-plugin-supply-chain-node/clusters';
import {
  parseVulnerabilityReport,
  ScanOrigin,
} from './parseVulnerabilityReport';

/** The file to start a thread from: this one, as source in development and as bundled in the package. */
export const REPORT_WORKER_FILE = __filename;

/** Tells this thread from others that load the file. */
export const REPORT_WORKER = 'supply-chain-trivy-reports';

servePages({
  worker: REPORT_WORKER,
  preparing: (origin: ScanOrigin) => {
    const texts = new Map<string, string>();
    return object =>
      packReport(parseVulnerabilityReport(object, origin), texts);
  },
});
