import { Knex } from 'knex';
import { HistoryRow } from '../../tables';

/** Options of {@link listImageHistory}. */
export type ListImageHistoryOptions = {
  knex: Knex;
  repository: string;
  digest: string;
  /** Entities the caller may see among those that run the image. */
  entityRefs: string[];
  /** Whether the caller may see workloads of no entity. */
  unlinked: boolean;
  /** RFC 3339: since when anything the caller may see runs the image. */
  since: string;
  offset: number;
  limit: number;
};

/**
 * What changed about one image, newest first, as far as the caller may see (L33). Without when it was first seen: that
 * is another instant for who sees other workloads.
 */
export async function listImageHistory(
  options: ListImageHistoryOptions,
): Promise<{ total: number; rows: HistoryRow[] }> {
  const { knex, repository, digest, entityRefs, unlinked, since } = options;
  const visible = knex<HistoryRow>('history')
    .where({ repository, digest })
    .whereNotIn('kind', ['service', 'firstSeen'])
    .where(query => {
      query.whereIn('entity_ref', entityRefs).orWhere(about => {
        // What came before would tell that somebody else had it (L33).
        about.where('entity_ref', '').where('at', '>=', since);
        // A verdict without an entity is about a workload of no service.
        if (!unlinked) {
          about.whereNot('kind', 'verdict');
        }
      });
    });
  const [{ count }] = await visible.clone().count({ count: '*' });
  const rows = await visible
    .orderBy('id', 'desc')
    .offset(options.offset)
    .limit(options.limit)
    .select('*');
  return { total: Number(count), rows };
}
