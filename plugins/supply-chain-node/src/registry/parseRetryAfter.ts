const SECONDS = /^[0-9]{1,9}$/;
// The preferred form of an HTTP-date; Date.parse alone would read "2" or "May" as dates.
// https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7
const HTTP_DATE =
  /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * Reads a `Retry-After` header: seconds or an HTTP-date, never below zero and
 * never above the cap. Anything else counts as not sent.
 *
 * https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 *
 * @public
 */
export function parseRetryAfter(
  header: string | undefined,
  options: { nowMs: number; maxMs: number },
): number | undefined {
  const waitMs = readWaitMs(header?.trim() ?? '', options.nowMs);
  return Number.isNaN(waitMs)
    ? undefined
    : Math.min(Math.max(waitMs, 0), options.maxMs);
}

function readWaitMs(text: string, nowMs: number): number {
  if (SECONDS.test(text)) {
    return Number(text) * 1000;
  }
  return HTTP_DATE.test(text) ? Date.parse(text) - nowMs : NaN;
}
