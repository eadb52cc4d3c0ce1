import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { CustomErrorBase } from '@backstage/errors';
import { principalKey } from '../permissions/VisibilityResolver';

/** More callers than this at once are not told apart; the one that asked longest ago is forgotten. */
const MAXIMUM_PRINCIPALS = 10_000;

/** A caller asked too often; the error handler answers with status 429. */
export class TooManyRequestsError extends CustomErrorBase {
  name = 'TooManyRequestsError' as const;
  readonly statusCode = 429;

  constructor(message: string, readonly retryAfterSeconds?: number) {
    super(message);
  }
}

/** Options of {@link PrincipalRateLimit}. */
export type PrincipalRateLimitOptions = {
  /** Requests that may come at once. */
  burst: number;
  /** After this long one more is allowed. */
  refillIntervalMs: number;
  nowMs?: () => number;
};

type Allowance = { left: number; atMs: number };

/** Limits how often each caller may ask for something costly (L30). */
export class PrincipalRateLimit {
  readonly #options: PrincipalRateLimitOptions;
  readonly #allowances = new Map<string, Allowance>();

  static create(options: PrincipalRateLimitOptions): PrincipalRateLimit {
    return new PrincipalRateLimit(options);
  }

  private constructor(options: PrincipalRateLimitOptions) {
    this.#options = options;
  }

  /** Counts one request; throws a {@link TooManyRequestsError} when the caller has none left. */
  take(credentials: BackstageCredentials): void {
    this.takeFor(principalKey(credentials));
  }

  /** Counts one request of somebody who is no principal of Backstage. */
  takeFor(key: string): void {
    const { burst, refillIntervalMs } = this.#options;
    const atMs = (this.#options.nowMs ?? Date.now)();
    const before = this.#allowances.get(key) ?? { left: burst, atMs };
    const refilled = (atMs - before.atMs) / refillIntervalMs;
    const left = Math.min(burst, before.left + Math.max(0, refilled));
    const allowed = left >= 1;
    this.#allowances.delete(key);
    this.#allowances.set(key, { left: allowed ? left - 1 : left, atMs });
    if (this.#allowances.size > MAXIMUM_PRINCIPALS) {
      this.#allowances.delete(this.#allowances.keys().next().value!);
    }
    if (!allowed) {
      const seconds = Math.ceil(((1 - left) * refillIntervalMs) / 1_000);
      throw new TooManyRequestsError(
        `Too many requests; the next one is possible in ${seconds} s`,
        seconds,
      );
    }
  }
}
