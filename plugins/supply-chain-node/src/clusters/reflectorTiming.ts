/**
 * The times of a reflector.
 *
 * @public
 */
export type ReflectorTiming = {
  /** Metadata-only comparison with the cluster although nothing seems wrong; with jitter. @defaultValue 30 min */
  reconcileMs: number;
  /** How long a server is asked to keep a watch open; with jitter. @defaultValue 300 */
  watchTimeoutSeconds: number;
  /** A watch without event or bookmark for this long is checked. API servers send a bookmark about every minute. @defaultValue 120 s */
  silenceMs: number;
  /** A watch that was not refused for this long counts as working. @defaultValue 3 s */
  stableMs: number;
  /** First pause before a watch that ended is opened again. @defaultValue 250 ms */
  reopenMs: number;
  /** First pause after an error; it doubles. @defaultValue 1 s */
  firstBackoffMs: number;
  /** Longest pause. @defaultValue 60 s */
  maxBackoffMs: number;
  /** Least time between stored resume points, other than at bookmarks. @defaultValue 10 s */
  saveEveryMs: number;
};

/**
 * The times used where none are given.
 *
 * @public
 */
export const DEFAULT_REFLECTOR_TIMING: ReflectorTiming = {
  reconcileMs: 30 * 60_000,
  watchTimeoutSeconds: 300,
  silenceMs: 120_000,
  stableMs: 3_000,
  reopenMs: 250,
  firstBackoffMs: 1_000,
  maxBackoffMs: 60_000,
  saveEveryMs: 10_000,
};
