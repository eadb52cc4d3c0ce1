import { BoundedCache } from './BoundedCache';

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

const RFC_3339 =
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/i;

/** Reports say the same of one vulnerability again and again, and to read it takes most of the time of a report. */
const KEPT_TEXTS = 5_000;

const instants = new BoundedCache<{ instant?: string }>(KEPT_TEXTS);
const links = new BoundedCache<{ link?: string }>(KEPT_TEXTS);

/**
 * An RFC 3339 time in its one form; undefined for anything else.
 *
 * @public
 */
export function instant(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= 64
    ? instants.get(value, () => ({ instant: instantOf(value) })).instant
    : undefined;
}

function instantOf(value: string): string | undefined {
  const milliseconds = RFC_3339.test(value) ? Date.parse(value) : NaN;
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
  return typeof value === 'string' && value.length <= 2_048
    ? links.get(value, () => ({ link: linkOf(value) })).link
    : undefined;
}

function linkOf(value: string): string | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const plain = url?.protocol === 'https:' && !url.username && !url.password;
  return plain ? url.href : undefined;
}
