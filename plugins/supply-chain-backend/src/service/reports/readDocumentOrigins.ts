import { parsePolicyBundle } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { listPolicyBundles } from '../../database/operations/policies/listPolicyBundles';

/** Where a trust root is written. */
export type DocumentOrigin = {
  /** Path or address. */
  source: string;
  /** RFC 3339: since when the source is as it is. */
  loadedAt?: string;
};

/** By name of the trust root: which source it is written in, by the last good bytes. */
export async function readDocumentOrigins(options: {
  knex: Knex;
}): Promise<Map<string, DocumentOrigin>> {
  const origins = new Map<string, DocumentOrigin>();
  for (const { bundle, loadedAt } of await listPolicyBundles(options)) {
    const parsed = parsePolicyBundle(bundle);
    for (const document of parsed.ok ? parsed.documents : []) {
      if (document.kind === 'TrustRoot') {
        origins.set(document.trustRoot.name, {
          source: bundle.source,
          ...(loadedAt && { loadedAt }),
        });
      }
    }
  }
  return origins;
}
