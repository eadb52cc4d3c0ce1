import { SettledLook } from './settleLook';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Every subject is looked at again after this long (DESIGN 4). */
export const REVERIFICATION_INTERVAL_MS = 6 * HOUR_MS;

/** A look that finds nothing stands for this long at first, and for ever longer up to the second (L7). */
const ABSENT_FIRST_MS = MINUTE_MS;
const ABSENT_LONGEST_MS = 15 * MINUTE_MS;

/** The pause after a failed look, doubled with each up to the second. */
const FAILED_FIRST_MS = 15 * SECOND_MS;
const FAILED_LONGEST_MS = 15 * MINUTE_MS;

/** Evidence is renewed this long before it expires, so that one failed look does not blank it. */
const BEFORE_EXPIRY_MS = 2 * HOUR_MS;

/** Options of {@link nextLookMs}. */
export type NextLookOptions = {
  settled: SettledLook[];
  /** Failed looks in a row, this one included. */
  attempts: number;
  now: Date;
  /** @defaultValue {@link REVERIFICATION_INTERVAL_MS} */
  intervalMs?: number;
  /** At least 0, less than 1. */
  random: () => number;
};

/**
 * When a subject is to be looked at again: soon after a failure (never before the registry asked to wait), sooner
 * while it is unsigned, else regularly and before anything expires. Always moved at random to a little earlier or,
 * for failures, later, so that subjects first seen together do not stay together.
 */
export function nextLookMs(options: NextLookOptions): number {
  const { settled, attempts, now, random } = options;
  const instant = now.getTime();
  const pauses = [options.intervalMs ?? REVERIFICATION_INTERVAL_MS];
  const isSigned = settled.some(
    ({ stored: { evidence } }) =>
      evidence.kind === 'signature' && evidence.status === 'present',
  );
  for (const { stored } of settled) {
    const { evidence, firstAbsentAt } = stored;
    // What is signed in one system is not waited for in another.
    if (evidence.kind === 'signature' && firstAbsentAt && !isSigned) {
      const age = instant - Date.parse(firstAbsentAt);
      pauses.push(clamp(age, ABSENT_FIRST_MS, ABSENT_LONGEST_MS));
    }
    if (evidence.expiresAt) {
      const left = Date.parse(evidence.expiresAt) - instant;
      pauses.push(Math.max(left - BEFORE_EXPIRY_MS, left / 2, SECOND_MS));
    }
  }
  const regular = Math.min(...pauses) * (1 - 0.1 * random());
  if (!settled.some(each => each.failure)) {
    return Math.round(regular);
  }
  const backoff = Math.min(
    FAILED_FIRST_MS * 2 ** Math.min(attempts - 1, 10),
    FAILED_LONGEST_MS,
  );
  const retry = backoff * (1 + 0.2 * random());
  return Math.round(Math.max(Math.min(regular, retry), askedToWaitMs(options)));
}

function askedToWaitMs({ settled, now }: NextLookOptions): number {
  const waits = settled.map(({ stored }) => {
    const { nextLookAt } = stored.evidence.lastLook ?? {};
    return nextLookAt ? Date.parse(nextLookAt) - now.getTime() : 0;
  });
  return Math.max(0, ...waits);
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
