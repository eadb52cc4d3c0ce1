const FORM = /^\d{4}-\d\d-\d\d$/;

/** A day that exists, as `yyyy-mm-dd`; undefined for anything else. */
export function calendarDate(value: unknown): string | undefined {
  if (typeof value !== 'string' || !FORM.test(value)) {
    return undefined;
  }
  const instant = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(instant) &&
    new Date(instant).toISOString().startsWith(value)
    ? value
    : undefined;
}
