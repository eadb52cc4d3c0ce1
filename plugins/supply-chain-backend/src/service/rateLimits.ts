import { PrincipalRateLimit } from './PrincipalRateLimit';

/** What each caller may ask how often. */
export type RateLimits = {
  /** Of requests for a fresh look (L30). */
  recheckLimit: PrincipalRateLimit;
  /** Of checks before a deployment (L30). */
  checkLimit: PrincipalRateLimit;
  /** Of evidence that is handed in. */
  uploadLimit: PrincipalRateLimit;
  /** Of exports: each reads as much as many pages. */
  exportLimit: PrincipalRateLimit;
  /** Of requests for a waiver. */
  waiverLimit: PrincipalRateLimit;
};

/** Nobody has asked for anything yet. */
export function createRateLimits(): RateLimits {
  return {
    // A person may press Re-check ten times in a row, then once every six seconds.
    recheckLimit: PrincipalRateLimit.create({
      burst: 10,
      refillIntervalMs: 6_000,
    }),
    // A pipeline may check twenty images in a row, then one every three seconds.
    checkLimit: PrincipalRateLimit.create({
      burst: 20,
      refillIntervalMs: 3_000,
    }),
    // A pipeline may hand in thirty reports in a row, then one every three seconds.
    uploadLimit: PrincipalRateLimit.create({
      burst: 30,
      refillIntervalMs: 3_000,
    }),
    // A person may export twenty times in a row, then once every three seconds.
    exportLimit: PrincipalRateLimit.create({
      burst: 20,
      refillIntervalMs: 3_000,
    }),
    // A person may ask for thirty waivers in a row, then for one a minute.
    waiverLimit: PrincipalRateLimit.create({
      burst: 30,
      refillIntervalMs: 60_000,
    }),
  };
}
