/** The largest page the backend gives. */
export const LARGEST_PAGE = 250;

/** Rows from the start of a list, and how long the whole list is. */
export type CollectedRows<T> = { items: T[]; total: number };

/**
 * Reads a list page by page, up to a number of rows.
 */
export async function collectPages<T>(options: {
  readPage: (page: {
    offset: number;
    limit: number;
  }) => Promise<{ items: T[]; total: number }>;
  /** @defaultValue no limit */
  maxRows?: number;
}): Promise<CollectedRows<T>> {
  const { readPage, maxRows = Number.POSITIVE_INFINITY } = options;
  const items: T[] = [];
  let total = Number.POSITIVE_INFINITY;
  while (items.length < Math.min(total, maxRows)) {
    const limit = Math.min(LARGEST_PAGE, maxRows - items.length);
    const page = await readPage({ offset: items.length, limit });
    items.push(...page.items);
    // An empty page ends the list, should rows have gone while it was read.
    total = page.items.length === 0 ? items.length : page.total;
  }
  return { items, total: Math.max(total, items.length) };
}
