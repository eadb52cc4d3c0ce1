const INSTANT =
  /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/**
 * An RFC 3339 instant, or a date that begins at midnight UTC, in the form of `toISOString`; `undefined` for anything
 * else.
 *
 * @public
 */
export function parseInstant(text: string): string | undefined {
  const instant = INSTANT.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(instant) ? undefined : new Date(instant).toISOString();
}
