import { failureOfError } from './failureOfError';
import { RegistryLimits } from './registryOptions';
import { registryFailure, RegistryResult } from './registryResult';
import { Semaphore } from './Semaphore';
import { withinTime } from './withinTime';

/** Lets a few calls at a time through to each registry, and none while it asked to be left alone. */
export class RegistryTurns {
  readonly #limits: RegistryLimits;
  readonly #now: () => number;
  readonly #turns = new Map<string, Semaphore>();
  /** Until when a registry asked to be left alone, per domain. */
  readonly #quietUntilMs = new Map<string, number>();

  constructor(options: { limits: RegistryLimits; now: () => number }) {
    this.#limits = options.limits;
    this.#now = options.now;
  }

  /** Runs a call when it is its turn, within the time of a whole call; not at all while the registry wants quiet. */
  async take<T>(
    domain: string,
    callerSignal: AbortSignal | undefined,
    task: (signal: AbortSignal) => Promise<RegistryResult<T>>,
  ): Promise<RegistryResult<T>> {
    const limits = this.#limits;
    const turn =
      this.#turns.get(domain) ?? new Semaphore(limits.concurrencyPerRegistry);
    this.#turns.set(domain, turn);
    try {
      return await turn.run(async () => {
        const quiet = this.#quietFailure(domain);
        if (quiet) {
          return quiet;
        }
        // The clock starts with the turn: a queue is no fault of the registry.
        const result = await withinTime(
          { timeoutMs: limits.totalTimeoutMs, signal: callerSignal },
          task,
        );
        this.#rememberQuiet(domain, result);
        return result;
      }, callerSignal);
    } catch (error) {
      if (callerSignal?.aborted) {
        return failureOfError(error, callerSignal);
      }
      throw error;
    }
  }

  #quietFailure(domain: string) {
    const untilMs = this.#quietUntilMs.get(domain) ?? 0;
    const retryAfterMs = untilMs - this.#now();
    if (retryAfterMs <= 0) {
      this.#quietUntilMs.delete(domain);
      return undefined;
    }
    return registryFailure(
      'rateLimited',
      `"${domain}" asked to wait another ${retryAfterMs} ms`,
      { retryAfterMs },
    );
  }

  #rememberQuiet(domain: string, result: RegistryResult<unknown>): void {
    if (!result.ok && result.retryAfterMs !== undefined) {
      this.#quietUntilMs.set(domain, this.#now() + result.retryAfterMs);
    }
  }
}
