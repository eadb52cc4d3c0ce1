import { jittered, pause } from '../loops/pause';

/** After a start the catalog is read in ever longer intervals: a fresh one fills within its first seconds. */
const PAUSES_MS = [3_000, 6_000, 12_000, 24_000, 48_000, 96_000];

/** Options of {@link settleCatalog}. */
export type SettleCatalogOptions = {
  read: () => Promise<void>;
  signal: AbortSignal;
  /** Time before each read. @defaultValue three seconds, doubled up to 96 */
  pausesMs?: readonly number[];
};

/** Reads the catalog a few times after a start; from then on the scheduled task does. */
export async function settleCatalog(
  options: SettleCatalogOptions,
): Promise<void> {
  const { read, signal, pausesMs = PAUSES_MS } = options;
  for (const milliseconds of pausesMs) {
    await pause(jittered(milliseconds, 0.2), signal);
    if (signal.aborted) {
      return;
    }
    await read();
  }
}
