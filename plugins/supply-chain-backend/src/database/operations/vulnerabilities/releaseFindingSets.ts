import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import {
  FindingSetMemberRow,
  FindingSetRow,
  ImageSummaryRow,
  VulnerabilityNameRow,
  VulnerabilityRow,
} from '../../tables';
import { NO_RANK } from './foundRank';
import { lockIndex } from './lockIndex';

/** Options of {@link releaseFindingSets}. */
export type ReleaseFindingSetsOptions = {
  transaction: Knex.Transaction;
  /** Sets that something used that no longer does. */
  setIds: number[];
};

/** Removes the sets that nothing uses any more, and the vulnerabilities that nothing has any more. */
export async function releaseFindingSets(
  options: ReleaseFindingSetsOptions,
): Promise<void> {
  const { transaction, setIds } = options;
  if (setIds.length > 0) {
    await lockIndex(transaction);
  }
  for (const chunk of chunksOf([...new Set(setIds)])) {
    const used: Pick<ImageSummaryRow, 'finding_set'>[] =
      await transaction<ImageSummaryRow>('image_summaries')
        .whereIn('finding_set', chunk)
        .distinct('finding_set');
    const unused = chunk.filter(
      id => !used.some(({ finding_set }) => finding_set === id),
    );
    await removeSets(transaction, unused);
  }
}

async function removeSets(
  transaction: Knex.Transaction,
  setIds: number[],
): Promise<void> {
  if (setIds.length === 0) {
    return;
  }
  const members: Pick<FindingSetMemberRow, 'vulnerability_id'>[] =
    await transaction<FindingSetMemberRow>('finding_set_members')
      .whereIn('set_id', setIds)
      .distinct('vulnerability_id');
  await transaction<FindingSetMemberRow>('finding_set_members')
    .whereIn('set_id', setIds)
    .delete();
  await transaction<FindingSetRow>('finding_sets')
    .whereIn('id', setIds)
    .delete();
  for (const ids of chunksOf(members.map(each => each.vulnerability_id))) {
    await removeUnfound(transaction, ids);
    await rate(transaction, ids);
  }
}

async function removeUnfound(
  transaction: Knex.Transaction,
  ids: number[],
): Promise<void> {
  const gone: Pick<VulnerabilityRow, 'id'>[] =
    await transaction<VulnerabilityRow>('vulnerabilities')
      .whereIn('id', ids)
      .whereNotExists(membersOf(transaction))
      .select('id');
  const goneIds = gone.map(({ id }) => id);
  await transaction<VulnerabilityNameRow>('vulnerability_names')
    .whereIn('vulnerability_id', goneIds)
    .delete();
  await transaction<VulnerabilityRow>('vulnerabilities')
    .whereIn('id', goneIds)
    .delete();
}

/** As bad as in the worst set that is left. Each subquery reads one entry of the index. */
async function rate(
  transaction: Knex.Transaction,
  ids: number[],
): Promise<void> {
  const worst = (fixable: number) =>
    membersOf(transaction, { fixable }).min('severity');
  await transaction<VulnerabilityRow>('vulnerabilities')
    .whereIn('id', ids)
    .update({
      severity: transaction.raw(
        'case when coalesce(?, ?) < coalesce(?, ?) then ? else ? end',
        [worst(1), NO_RANK, worst(0), NO_RANK, worst(1), worst(0)] as never,
      ) as never,
      fixable: transaction.raw('case when exists ? then 1 else 0 end', [
        membersOf(transaction, { fixable: 1 }).select(transaction.raw('1')),
      ] as never) as never,
    });
}

/** The members of the vulnerability of the outer query. */
function membersOf(
  transaction: Knex.Transaction,
  where: Partial<FindingSetMemberRow> = {},
): Knex.QueryBuilder {
  return transaction('finding_set_members as members')
    .whereRaw('members.vulnerability_id = vulnerabilities.id')
    .where(where);
}
