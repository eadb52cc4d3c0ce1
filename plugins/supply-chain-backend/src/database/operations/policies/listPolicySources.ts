import { DocumentProblem } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { PolicyDocumentRow } from '../../tables';

/** A source of policy documents, without its bytes. */
export type PolicySourceState = {
  /** Path or address. */
  source: string;
  /** RFC 3339: since when the last good bytes are as they are; absent when there never were any. */
  loadedAt?: string;
  /** What is wrong with the bytes read last; the last good ones stay in force (L28). */
  problems: DocumentProblem[];
};

/** Every source of policy documents with its state. */
export async function listPolicySources(options: {
  knex: Knex;
}): Promise<PolicySourceState[]> {
  const rows = await options
    .knex<PolicyDocumentRow>('policy_documents')
    .orderBy('source')
    .select('source', 'loaded_at', 'problems');
  return rows.map(({ source, loaded_at, problems }) => ({
    source,
    ...(loaded_at && { loadedAt: loaded_at }),
    problems: JSON.parse(problems),
  }));
}
