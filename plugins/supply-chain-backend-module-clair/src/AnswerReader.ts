import {
  ClairReport,
  parseClairReport,
  ReportResult,
} from 'backstage-plugin-supply-chain-common';
import { TaskThread } from 'backstage-plugin-supply-chain-node/clusters';
import { IndexOutcome, parseIndexReport } from './parseAnswers';
import {
  ANSWER_WORKER,
  ANSWER_WORKER_FILE,
  AnswerTask,
  PackedClairReport,
  ReadAnswer,
} from './readLargeAnswer';

/** Up to here one answer takes a third of what the event loop may be held for. */
const THREAD_FROM_BYTES = 1024 * 1024;

/** Reads what Clair says of an image: large answers in a thread, since they would hold the event loop for seconds. */
export class AnswerReader {
  readonly #threadFromBytes: number;
  readonly #thread = new TaskThread<AnswerTask, ReadAnswer>({
    file: ANSWER_WORKER_FILE,
    worker: ANSWER_WORKER,
    endedError: why => new Error(`the thread that reads it: ${why}`),
  });

  /** @param options - `threadFromBytes`: 1 MiB by default. */
  constructor(options: { threadFromBytes?: number } = {}) {
    this.#threadFromBytes = options.threadFromBytes ?? THREAD_FROM_BYTES;
  }

  async readIndex(body: Buffer, digest: string): Promise<IndexOutcome> {
    if (body.length < this.#threadFromBytes) {
      return parseIndexReport(body, digest);
    }
    const answer = await this.#ask(body, { indexOf: digest });
    return 'index' in answer
      ? answer.index
      : { state: 'malformed', message: messageOf(answer) };
  }

  async readReport(
    body: Buffer,
  ): Promise<ReportResult<ClairReport | PackedClairReport>> {
    if (body.length < this.#threadFromBytes) {
      return parseClairReport(body);
    }
    const answer = await this.#ask(body, 'report');
    return 'report' in answer
      ? answer.report
      : { ok: false, reason: 'reportTooLarge', message: messageOf(answer) };
  }

  /** Ends the thread. */
  stop(): void {
    this.#thread.stop();
  }

  /** What ends a thread is an answer that does not fit into its memory. */
  async #ask(body: Buffer, task: AnswerTask): Promise<ReadAnswer> {
    try {
      return await this.#thread.ask(body, task);
    } catch (error) {
      return { error: String(error) };
    }
  }
}

function messageOf(answer: ReadAnswer): string {
  return 'error' in answer ? answer.error : 'it was read as something else';
}
