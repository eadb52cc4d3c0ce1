import { canonicalDigest } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { StoredPolicySource } from '../../../policies/PolicyStore';
import { databaseTime } from '../../databaseTime';
import { PolicyDocumentRow } from '../../tables';

/** Options of {@link writePolicyDocuments}. */
export type WritePolicyDocumentsOptions = {
  knex: Knex;
  sources: StoredPolicySource[];
};

/** Stores the sources and forgets the others; a row that says the same is not written. */
export async function writePolicyDocuments(
  options: WritePolicyDocumentsOptions,
): Promise<void> {
  const { knex, sources } = options;
  await knex.transaction(async transaction => {
    await transaction<PolicyDocumentRow>('policy_documents')
      .whereNotIn(
        'source',
        sources.map(({ source }) => source),
      )
      .delete();
    for (const { source, bundle, problems } of sources) {
      const row = {
        bundle: bundle ? JSON.stringify(bundle) : null,
        digest: bundle ? canonicalDigest(bundle) : null,
        state: problems.length === 0 ? 'ok' : 'failed',
        problems: JSON.stringify(problems),
      };
      const known = await transaction<PolicyDocumentRow>('policy_documents')
        .where({ source })
        .first();
      if (known?.digest === row.digest && known?.problems === row.problems) {
        continue;
      }
      await transaction<PolicyDocumentRow>('policy_documents')
        .insert({
          source,
          ...row,
          loaded_at: databaseTime(transaction) as never,
        })
        .onConflict('source')
        .merge();
    }
  });
}
