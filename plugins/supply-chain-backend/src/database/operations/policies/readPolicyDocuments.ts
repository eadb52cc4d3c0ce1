import { Knex } from 'knex';
import { StoredPolicySource } from '../../../policies/PolicyStore';
import { PolicyDocumentRow } from '../../tables';

/** Options of {@link readPolicyDocuments}. */
export type ReadPolicyDocumentsOptions = { knex: Knex };

/** Every source with its last good bytes. */
export async function readPolicyDocuments(
  options: ReadPolicyDocumentsOptions,
): Promise<StoredPolicySource[]> {
  const rows = await options
    .knex<PolicyDocumentRow>('policy_documents')
    .orderBy('source')
    .select('*');
  return rows.map(row => ({
    source: row.source,
    ...(row.bundle !== null && { bundle: JSON.parse(row.bundle) }),
    problems: JSON.parse(row.problems),
  }));
}
