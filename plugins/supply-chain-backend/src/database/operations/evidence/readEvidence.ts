import { Knex } from 'knex';
import { StoredEvidence } from '../../../stores/EvidenceStore';
import { chunksOf } from '../../chunks';
import { EvidenceRow } from '../../tables';
import { storedEvidenceOf } from './evidenceRow';

/** Options of {@link readEvidence}. */
export type ReadEvidenceOptions = { knex: Knex; subjectKeys: string[] };

/** Evidence of collectors by subject. */
export async function readEvidence(
  options: ReadEvidenceOptions,
): Promise<Map<string, StoredEvidence[]>> {
  const { knex, subjectKeys } = options;
  const bySubject = new Map<string, StoredEvidence[]>();
  for (const keys of chunksOf([...new Set(subjectKeys)])) {
    const rows: EvidenceRow[] = await knex<EvidenceRow>('evidence')
      .whereIn('subject_key', keys)
      .orderBy(['subject_key', 'collector', 'kind']);
    for (const row of rows) {
      const known = bySubject.get(row.subject_key) ?? [];
      known.push(storedEvidenceOf(row));
      bySubject.set(row.subject_key, known);
    }
  }
  return bySubject;
}
