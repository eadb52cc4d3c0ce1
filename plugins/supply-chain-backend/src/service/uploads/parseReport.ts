import { Worker } from 'node:worker_threads';
import {
  ReportResult,
  ScanReport,
  VexDetail,
} from 'backstage-plugin-supply-chain-common';
import { threadArguments } from 'backstage-plugin-supply-chain-node/evaluation';
import {
  PARSERS,
  REPORT_WORKER,
  REPORT_WORKER_FILE,
  ReportKind,
  ReportTask,
} from './reportWorker';

/** What is smaller is read before a thread would have started. */
const THREAD_FROM_BYTES = 512 * 1024;

/** Far more than the largest report needs; one that fills it ends its thread and nothing else. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 768, stackSizeMb: 4 };

const TIMEOUT_MS = 60_000;

/** Reads the report of a scan. Throws nothing but what a signal is aborted with. */
export function parseReport(
  bytes: Uint8Array,
  options?: ParseOptions,
): Promise<ReportResult<ScanReport>> {
  return parse<ScanReport>('scan', bytes, options);
}

/** Reads a VEX document. Throws nothing but what a signal is aborted with. */
export function parseVex(
  bytes: Uint8Array,
  options?: ParseOptions,
): Promise<ReportResult<VexDetail>> {
  return parse<VexDetail>('vex', bytes, options);
}

type ParseOptions = Pick<ReportTask, 'scannedAt'> & {
  threadFromBytes?: number;
  /** Ends the thread. */
  signal?: AbortSignal;
};

/** A large document is read in a thread of its own, so that nobody else waits for it. */
async function parse<T>(
  kind: ReportKind,
  bytes: Uint8Array,
  { threadFromBytes = THREAD_FROM_BYTES, scannedAt, signal }: ParseOptions = {},
): Promise<ReportResult<T>> {
  signal?.throwIfAborted();
  return bytes.length < threadFromBytes
    ? (PARSERS[kind](bytes, { scannedAt }) as ReportResult<T>)
    : parseInThread<T>({ kind, bytes, scannedAt }, signal);
}

function parseInThread<T>(
  task: ReportTask,
  signal: AbortSignal | undefined,
): Promise<ReportResult<T>> {
  const worker = new Worker(REPORT_WORKER_FILE, {
    workerData: { worker: REPORT_WORKER, ...task },
    ...threadArguments(REPORT_WORKER_FILE),
    resourceLimits: RESOURCE_LIMITS,
  });
  let stop = () => {};
  return new Promise<ReportResult<T>>((resolve, reject) => {
    stop = () => reject(signal?.reason);
    signal?.addEventListener('abort', stop);
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
  }).finally(() => {
    signal?.removeEventListener('abort', stop);
    return worker.terminate();
  });
}
