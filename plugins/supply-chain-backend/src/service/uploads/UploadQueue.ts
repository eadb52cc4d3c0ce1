import { Semaphore } from 'backstage-plugin-supply-chain-node/registry';
import { TooManyRequestsError } from '../PrincipalRateLimit';

/** Each may take as much memory as the largest report needs. */
const AT_ONCE = 2;

/** What waits holds a connection and nothing else: its body is not read yet. */
const MAXIMUM_WAITING = 100;

/** Less than a client waits for its answer. */
const MAXIMUM_WAIT_MS = 30_000;

const RETRY_AFTER_SECONDS = 10;

/** Options of {@link UploadQueue}. */
export type UploadQueueOptions = {
  /** @defaultValue 2 */
  atOnce?: number;
  /** @defaultValue 100 */
  maximumWaiting?: number;
  /** @defaultValue 30000 */
  maximumWaitMs?: number;
};

/** Lets few read what they hand in at once, whoever they are; the others wait in order, and not for long. */
export class UploadQueue {
  readonly #slots: Semaphore;
  readonly #places: number;
  readonly #maximumWaitMs: number;
  #inside = 0;

  static create(options: UploadQueueOptions = {}): UploadQueue {
    return new UploadQueue(options);
  }

  private constructor({
    atOnce = AT_ONCE,
    maximumWaiting = MAXIMUM_WAITING,
    maximumWaitMs = MAXIMUM_WAIT_MS,
  }: UploadQueueOptions) {
    this.#slots = new Semaphore(atOnce);
    this.#places = atOnce + maximumWaiting;
    this.#maximumWaitMs = maximumWaitMs;
  }

  /**
   * Does a task when it is its turn.
   *
   * @param gone - aborted when nobody waits for the task any more
   * @throws TooManyRequestsError when too many wait, or the turn does not come in time
   */
  async run<T>(task: () => Promise<T>, gone: AbortSignal): Promise<T> {
    if (this.#inside >= this.#places) {
      throw tooMany();
    }
    this.#inside += 1;
    const late = AbortSignal.timeout(this.#maximumWaitMs);
    let isIn = false;
    try {
      return await this.#slots.run(async () => {
        isIn = true;
        gone.throwIfAborted();
        return task();
      }, AbortSignal.any([gone, late]));
    } catch (error) {
      throw !isIn && error === late.reason ? tooMany() : error;
    } finally {
      this.#inside -= 1;
    }
  }
}

function tooMany(): TooManyRequestsError {
  return new TooManyRequestsError(
    `Too many reports are being read; try again in ${RETRY_AFTER_SECONDS} s`,
    RETRY_AFTER_SECONDS,
  );
}
