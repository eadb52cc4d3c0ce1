/** Where the holder of a source is to look before its turn. */
export type SourceHintRow = {
  feed: string;
  source: string;
  /** In words of the feed; empty: everything. */
  hint: string;
  /** RFC 3339, by the clock of the database. */
  received_at: string;
};
