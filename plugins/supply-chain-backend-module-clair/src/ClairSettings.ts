/**
 * What requests to Clair are signed with.
 *
 * @public
 */
export type ClairKey = { key: Uint8Array; issuer: string };

/**
 * Where Clair is and how it is asked.
 *
 * @public
 */
export type ClairSettings = {
  /** Addresses without a slash at the end. */
  indexer: string;
  matcher: string;
  /** Where notifications are read; absent where none of the addresses says so. */
  notifier?: string;
  psk?: ClairKey;
  /** @defaultValue six hours */
  refreshIntervalMs?: number;
  /** @defaultValue seven days */
  databaseMaxAgeMs?: number;
  /** @defaultValue ten minutes */
  indexTimeoutMs?: number;
  /** @defaultValue 2 */
  concurrency?: number;
};

/** The defaults of {@link ClairSettings}. */
export const CLAIR_DEFAULTS = {
  refreshIntervalMs: 6 * 60 * 60_000,
  databaseMaxAgeMs: 7 * 24 * 60 * 60_000,
  indexTimeoutMs: 10 * 60_000,
  concurrency: 2,
} as const;
