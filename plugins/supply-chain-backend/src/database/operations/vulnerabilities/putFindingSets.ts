import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { isPostgres } from '../../databaseTime';
import {
  FindingSetMemberRow,
  FindingSetRow,
  VulnerabilityNameRow,
  VulnerabilityRow,
} from '../../tables';
import { FindingSet, FoundVulnerability, textHashOf } from './findingSet';

/** Options of {@link putFindingSets}; the index must be locked. */
export type PutFindingSetsOptions = {
  transaction: Knex.Transaction;
  sets: FindingSet[];
};

type Hashed = FoundVulnerability & { hash: string };

function hashed(found: FoundVulnerability): Hashed {
  return { ...found, hash: textHashOf(found) };
}

/** Stores the sets that are new. Returns the id of each by its hash. */
export async function putFindingSets(
  options: PutFindingSetsOptions,
): Promise<Map<string, number>> {
  const { transaction } = options;
  const sets = new Map(options.sets.map(set => [set.hash, set]));
  const ids = await readIds(transaction, [...sets.keys()]);
  const added = [...sets.values()]
    .filter(({ hash }) => !ids.has(hash))
    .map(({ hash, vulnerabilities }) => ({
      hash,
      vulnerabilities: vulnerabilities.map(hashed),
    }));
  if (added.length === 0) {
    return ids;
  }
  const vulnerabilities = await putVulnerabilities(
    transaction,
    added.flatMap(each => each.vulnerabilities),
  );
  for (const set of added) {
    const [row]: { id: number }[] = await transaction<FindingSetRow>(
      'finding_sets',
    )
      .insert({ hash: set.hash })
      .returning('id');
    ids.set(set.hash, row.id);
    await putMembers(transaction, row.id, set.vulnerabilities, vulnerabilities);
  }
  return ids;
}

async function readIds(
  transaction: Knex.Transaction,
  hashes: string[],
): Promise<Map<string, number>> {
  const ids = new Map<string, number>();
  for (const chunk of chunksOf(hashes)) {
    const rows: FindingSetRow[] = await transaction<FindingSetRow>(
      'finding_sets',
    ).whereIn('hash', chunk);
    rows.forEach(({ hash, id }) => ids.set(hash, id));
  }
  return ids;
}

async function putMembers(
  transaction: Knex.Transaction,
  setId: number,
  vulnerabilities: Hashed[],
  ids: ReadonlyMap<string, number>,
): Promise<void> {
  for (const chunk of chunksOf(vulnerabilities)) {
    await transaction<FindingSetMemberRow>('finding_set_members').insert(
      chunk.map(({ hash, severity, fixable }) => ({
        vulnerability_id: ids.get(hash)!,
        fixable,
        severity,
        set_id: setId,
      })),
    );
  }
}

/** Adds those that are new, and makes those known as bad as the worst of them. Returns the id of each by its hash. */
async function putVulnerabilities(
  transaction: Knex.Transaction,
  found: Hashed[],
): Promise<Map<string, number>> {
  const vulnerabilities = eachOnce(found);
  const ids = new Map<string, number>();
  const [least, greatest] = isPostgres(transaction)
    ? ['least', 'greatest']
    : ['min', 'max'];
  for (const chunk of chunksOf(vulnerabilities)) {
    const rows: Pick<VulnerabilityRow, 'id' | 'hash'>[] =
      await transaction<VulnerabilityRow>('vulnerabilities')
        .insert(chunk.map(({ names, ...row }) => row))
        .onConflict('hash')
        .merge({
          severity: transaction.raw(
            `${least}(vulnerabilities.severity, excluded.severity)`,
          ),
          fixable: transaction.raw(
            `${greatest}(vulnerabilities.fixable, excluded.fixable)`,
          ),
        } as never)
        .returning(['id', 'hash']);
    rows.forEach(({ id, hash }) => ids.set(hash, id));
  }
  await putNames(transaction, vulnerabilities, ids);
  return ids;
}

/** Several sets may hold the same one: a statement changes no row twice. */
function eachOnce(found: Hashed[]): Hashed[] {
  const byHash = new Map<string, Hashed>();
  for (const one of found) {
    const known = byHash.get(one.hash) ?? one;
    byHash.set(one.hash, {
      ...one,
      severity: Math.min(known.severity, one.severity),
      fixable: Math.max(known.fixable, one.fixable),
    });
  }
  return [...byHash.values()];
}

async function putNames(
  transaction: Knex.Transaction,
  found: Hashed[],
  ids: ReadonlyMap<string, number>,
): Promise<void> {
  const rows = found.flatMap(({ hash, names }) =>
    names.map(name => ({ name, vulnerability_id: ids.get(hash)! })),
  );
  for (const chunk of chunksOf(rows)) {
    await transaction<VulnerabilityNameRow>('vulnerability_names')
      .insert(chunk)
      .onConflict(['name', 'vulnerability_id'])
      .ignore();
  }
}
