import {
  canonicalDigest,
  isTufReceipt,
  PolicyBundle,
} from 'backstage-plugin-supply-chain-common';
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
        digest: bundle ? digestOf(bundle) : null,
        state: problems.length === 0 ? 'ok' : 'failed',
        problems: JSON.stringify(problems),
      };
      const known = await transaction<PolicyDocumentRow>('policy_documents')
        .where({ source })
        .first();
      if (known?.bundle === row.bundle && known?.problems === row.problems) {
        continue;
      }
      const same = known !== undefined && known.digest === row.digest;
      await transaction<PolicyDocumentRow>('policy_documents')
        .insert({
          source,
          ...row,
          loaded_at: same
            ? known.loaded_at
            : (databaseTime(transaction) as never),
        })
        .onConflict('source')
        .merge();
    }
  });
}

/** Asking a mirror again changes no content. */
function digestOf(bundle: PolicyBundle): string {
  const files = Object.entries(bundle.files).filter(
    ([name]) => !isTufReceipt(name),
  );
  return canonicalDigest({ ...bundle, files: Object.fromEntries(files) });
}
