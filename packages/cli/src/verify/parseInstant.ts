// https://www.rfc-editor.org/rfc/rfc3339#section-5.6
const RFC_3339 =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/i;

/** Reads an RFC 3339 instant; `undefined` for everything else, days that do not exist included. */
export function parseInstant(text: string): Date | undefined {
  const match = RFC_3339.exec(text);
  const instant = new Date(text);
  if (!match || Number.isNaN(instant.getTime())) {
    return undefined;
  }
  const [, year, month, day, hour] = match.map(Number);
  // JavaScript reads the 30th of February as the 2nd of March, and hour 24 as the next day.
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCDate() === day && hour < 24 ? instant : undefined;
}
