import { Knex } from 'knex';
import { chunksOf } from '../../chunks';

/** Options of {@link listRepositoriesOf}. */
export type ListRepositoriesOfOptions = { knex: Knex; digests: string[] };

/** Repositories that hold one of the digests, or an index or platform of it (L3), sorted. */
export async function listRepositoriesOf(
  options: ListRepositoriesOfOptions,
): Promise<string[]> {
  const { knex, digests } = options;
  const repositories = new Set<string>();
  for (const chunk of chunksOf([...new Set(digests)])) {
    const rows: { repository: string }[] = await knex('subject_digests')
      .join('subjects', 'subjects.key', 'subject_digests.subject_key')
      .whereIn('subject_digests.digest', chunk)
      .distinct('subjects.repository');
    rows.forEach(row => repositories.add(row.repository));
  }
  return [...repositories].sort();
}
