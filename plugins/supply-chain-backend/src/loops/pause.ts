import { setTimeout as delay } from 'node:timers/promises';

/** Waits, or less when the signal aborts; never rejects. */
export async function pause(
  milliseconds: number,
  signal: AbortSignal,
): Promise<void> {
  try {
    await delay(milliseconds, undefined, { signal, ref: false });
  } catch (error) {
    if (!signal.aborted) {
      throw error;
    }
  }
}

/** A duration moved at random by up to the given share, so that replicas do not act in step. */
export function jittered(
  milliseconds: number,
  share: number,
  random: () => number = Math.random,
): number {
  return Math.round(milliseconds * (1 - share + 2 * share * random()));
}
