import { EntityRow } from '../database/tables';

/** Where the entities of the catalog are kept. */
export interface CatalogStore {
  /**
   * Writes entities that differ, queues the verdicts that depend on them, and links running images anew when an
   * annotation that links changed. With `complete`, entities that are not among them are removed.
   * Returns whether anything changed.
   */
  apply(options: {
    rows: EntityRow[];
    complete: boolean;
    now: Date;
  }): Promise<boolean>;

  /**
   * Links running images anew when an annotation that links, or the operator's limits on claims, changed since that was
   * last done to its end.
   */
  relink(now: Date): Promise<void>;
}
