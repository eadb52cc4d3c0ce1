import { parentPort, workerData } from 'node:worker_threads';
import {
  parseOpenVex,
  parseScanReport,
} from 'backstage-plugin-supply-chain-common';

/** The file to start a worker from: this one, as source in development and as bundled in the package. */
export const REPORT_WORKER_FILE = __filename;

/** Tells this worker from others that load the file. */
export const REPORT_WORKER = 'supply-chain-report';

/** What reads the documents that are handed in. */
export const PARSERS = {
  scan: parseScanReport,
  vex: (bytes: Uint8Array, _: { scannedAt?: string }) => parseOpenVex(bytes),
};

/** Which of them. */
export type ReportKind = keyof typeof PARSERS;

/** What the worker is started with. */
export type ReportTask = {
  kind: ReportKind;
  bytes: Uint8Array;
  /** For a report that does not say when its scan was made. */
  scannedAt?: string;
};

if (parentPort && workerData?.worker === REPORT_WORKER) {
  const { kind, bytes, scannedAt } = workerData as ReportTask;
  parentPort.postMessage(PARSERS[kind](bytes, { scannedAt }));
}
