import { Worker } from 'node:worker_threads';
import {
  parseScanReport,
  ScanReportResult,
} from 'backstage-plugin-supply-chain-common';
import { threadArguments } from 'backstage-plugin-supply-chain-node/evaluation';
import { REPORT_WORKER, REPORT_WORKER_FILE } from './reportWorker';

/** What is smaller is read before a thread would have started. */
const THREAD_FROM_BYTES = 512 * 1024;

/** Far more than the largest report needs; one that fills it ends its thread and nothing else. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 768, stackSizeMb: 4 };

const TIMEOUT_MS = 60_000;

/** Reads a report; a large one in a thread of its own, so that nobody else waits for it. Never throws. */
export async function parseReport(
  bytes: Uint8Array,
  { threadFromBytes = THREAD_FROM_BYTES }: { threadFromBytes?: number } = {},
): Promise<ScanReportResult> {
  return bytes.length < threadFromBytes
    ? parseScanReport(bytes)
    : parseInThread(bytes);
}

function parseInThread(bytes: Uint8Array): Promise<ScanReportResult> {
  const worker = new Worker(REPORT_WORKER_FILE, {
    workerData: { worker: REPORT_WORKER, bytes },
    ...threadArguments(REPORT_WORKER_FILE),
    resourceLimits: RESOURCE_LIMITS,
  });
  return new Promise<ScanReportResult>(resolve => {
    const giveUp = (message: string) =>
      resolve({ ok: false, reason: 'reportTooLarge', message });
    const timer = setTimeout(
      () => giveUp(`expected to be read within ${TIMEOUT_MS / 1_000} s`),
      TIMEOUT_MS,
    );
    worker.once('message', resolve);
    worker.once('error', error => giveUp(`cannot be read: ${error.message}`));
    worker.once('exit', () => {
      clearTimeout(timer);
      giveUp('cannot be read: its thread ended');
    });
  }).finally(() => worker.terminate());
}
