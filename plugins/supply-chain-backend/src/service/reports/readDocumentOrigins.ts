import {
  parsePolicyBundle,
  PolicyDocument,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { listPolicyBundles } from '../../database/operations/policies/listPolicyBundles';

/** Where a trust root or a policy is written. */
export type DocumentOrigin = {
  /** Path or address. */
  source: string;
  /** RFC 3339: since when the source is as it is. */
  loadedAt?: string;
};

/** Options of {@link readDocumentOrigins}. */
export type ReadDocumentOriginsOptions = {
  knex: Knex;
  kind: 'TrustRoot' | 'SupplyChainPolicy';
};

/** By name of the document: which source it is written in, by the last good bytes. */
export async function readDocumentOrigins(
  options: ReadDocumentOriginsOptions,
): Promise<Map<string, DocumentOrigin>> {
  const { knex, kind } = options;
  const origins = new Map<string, DocumentOrigin>();
  for (const { bundle, loadedAt } of await listPolicyBundles({ knex })) {
    const parsed = parsePolicyBundle(bundle);
    for (const document of parsed.ok ? parsed.documents : []) {
      if (document.kind === kind) {
        origins.set(nameOf(document), {
          source: bundle.source,
          ...(loadedAt && { loadedAt }),
        });
      }
    }
  }
  return origins;
}

function nameOf(document: PolicyDocument): string {
  switch (document.kind) {
    case 'TrustRoot':
      return document.trustRoot.name;
    case 'SupplyChainPolicy':
      return document.policy.name;
    default:
      return document.waiver.name;
  }
}
