import { parentPort, workerData } from 'node:worker_threads';
import { parseScanReport } from 'backstage-plugin-supply-chain-common';

/** The file to start a worker from: this one, as source in development and as bundled in the package. */
export const REPORT_WORKER_FILE = __filename;

/** Tells this worker from others that load the file. */
export const REPORT_WORKER = 'supply-chain-report';

if (parentPort && workerData?.worker === REPORT_WORKER) {
  parentPort.postMessage(parseScanReport(workerData.bytes as Uint8Array));
}
