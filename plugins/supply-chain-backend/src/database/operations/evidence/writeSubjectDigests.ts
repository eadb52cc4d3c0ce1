import { Evidence, subjectKey } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { SubjectDigestRow } from '../../tables';

/** Options of {@link writeSubjectDigests}. */
export type WriteSubjectDigestsOptions = {
  transaction: Knex.Transaction;
  evidence: Evidence[];
};

/**
 * Keeps which platform manifests and indexes belong to a subject, so that scans of them are found (L3). What an index
 * lists never changes, so rows are only added.
 */
export async function writeSubjectDigests(
  options: WriteSubjectDigestsOptions,
): Promise<void> {
  const { transaction, evidence } = options;
  const rows = evidence.flatMap((each): SubjectDigestRow[] => {
    if (each.kind !== 'origin' || !each.detail) {
      return [];
    }
    const key = subjectKey(each.subject);
    const { children, parents } = each.detail;
    return [
      ...children.map(child => ({
        subject_key: key,
        digest: child.digest,
        relation: 'child' as const,
      })),
      ...parents.map(digest => ({
        subject_key: key,
        digest,
        relation: 'parent' as const,
      })),
    ];
  });
  if (rows.length > 0) {
    await transaction<SubjectDigestRow>('subject_digests')
      .insert(rows)
      .onConflict(['subject_key', 'digest'])
      .ignore();
  }
}
