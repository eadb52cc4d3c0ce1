/**
 * A text cut to a length; undefined for an empty one and for anything else. Control characters stay: whoever shows the
 * text escapes them for its own surface (L32).
 *
 * @public
 */
export function shortText(
  value: unknown,
  maxLength: number,
): string | undefined {
  if (typeof value !== 'string' || value === '') {
    return undefined;
  }
  return value.length > maxLength ? `${value.slice(0, maxLength - 1)}…` : value;
}

/**
 * An RFC 3339 time in its one form; undefined for anything else.
 *
 * @public
 */
export function instant(value: unknown): string | undefined {
  const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/i;
  if (typeof value !== 'string' || !form.test(value)) {
    return undefined;
  }
  const milliseconds = Date.parse(value);
  return Number.isNaN(milliseconds)
    ? undefined
    : new Date(milliseconds).toISOString();
}

/**
 * The link, when it is one that may be shown (L32).
 *
 * @public
 */
export function httpsLink(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 2_048) {
    return undefined;
  }
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const plain = url?.protocol === 'https:' && !url.username && !url.password;
  return plain ? url.href : undefined;
}
