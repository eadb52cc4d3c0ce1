/** Rows per statement: SQLite allows 32,766 bindings a statement, PostgreSQL 65,535. */
const ROWS_PER_STATEMENT = 200;

/** Cuts a list into pieces that fit into one statement each. */
export function chunksOf<T>(
  items: readonly T[],
  size = ROWS_PER_STATEMENT,
): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += size) {
    chunks.push(items.slice(start, start + size));
  }
  return chunks;
}
