import { ReasonCode } from 'backstage-plugin-supply-chain-common';

/**
 * Why a registry could not answer.
 *
 * `kind` says whether asking again later may help. It is no statement about
 * absence: only `notFound` says that something does not exist, and it is given
 * only beside an {@link AccessProof} (L5).
 *
 * @public
 */
export interface RegistryFailure {
  ok: false;
  kind: 'definitive' | 'transient';
  reason: ReasonCode;
  /** HTTP status, when there was one. */
  status?: number;
  /** How long the registry asks to wait, capped by {@link RegistryLimits.retryAfterMaxMs}. */
  retryAfterMs?: number;
  /** One sentence for logs and the discovery trail. Hostile text, no secrets (L32). */
  detail: string;
}

/**
 * The answer of a registry as a value; the client throws for programming errors only.
 *
 * @public
 */
export type RegistryResult<T> = { ok: true; value: T } | RegistryFailure;

const TRANSIENT: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'registryRefused',
  'rateLimited',
  'registryUnavailable',
  'registryTimeout',
  'accessNotProven',
  'lookCancelled',
]);

/** Builds a failure; its kind follows from the reason, so no caller can choose wrongly. */
export function registryFailure(
  reason: ReasonCode,
  detail: string,
  extra: { status?: number; retryAfterMs?: number } = {},
): RegistryFailure {
  return {
    ok: false,
    kind: TRANSIENT.has(reason) ? 'transient' : 'definitive',
    reason,
    detail,
    ...(extra.status !== undefined && { status: extra.status }),
    ...(extra.retryAfterMs !== undefined && {
      retryAfterMs: extra.retryAfterMs,
    }),
  };
}

/** Wraps a value. */
export function registryValue<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}
