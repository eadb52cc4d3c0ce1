import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import {
  EvidenceRow,
  HistoryRow,
  RunningImageRow,
  SubjectDigestRow,
  SubjectRow,
} from '../../tables';
import { requestLooks } from '../work/requestLooks';

/** Options of {@link observeSubjects}. */
export type ObserveSubjectsOptions = {
  transaction: Knex.Transaction;
  /** Running images that are new or changed. */
  images: RunningImageRow[];
  now: Date;
};

/** More references than this help nobody: they are hints for tags to resolve. */
const MAXIMUM_REFERENCES = 20;

/** Keeps the subjects of running images, and queues those that are new or used by another reference. */
export async function observeSubjects(
  options: ObserveSubjectsOptions,
): Promise<void> {
  const { transaction, now } = options;
  const references = referencesBySubject(options.images);
  for (const keys of chunksOf([...references.keys()])) {
    const stored = new Map<string, SubjectRow>();
    const rows: SubjectRow[] = await transaction<SubjectRow>(
      'subjects',
    ).whereIn('key', keys);
    rows.forEach(row => stored.set(row.key, row));
    const merged = keys.map(key =>
      subjectRowOf({
        key,
        references: references.get(key)!,
        stored: stored.get(key),
        now,
      }),
    );
    await transaction<SubjectRow>('subjects')
      .insert(merged)
      .onConflict('key')
      .merge();
    await addNewSubjects({
      transaction,
      subjects: merged.filter(row => !stored.has(row.key)),
    });
    const withheld = await listWithheld(transaction, keys);
    await requestLooks({
      transaction,
      subjectKeys: keys,
      // A subject that merely runs once more is not looked at sooner.
      onlyNew: keys.filter(
        key =>
          !withheld.has(key) &&
          stored.get(key)?.image_refs ===
            merged.find(row => row.key === key)!.image_refs,
      ),
    });
  }
}

/** Those that nobody had credentials for: for the new place there may be some (L30). */
async function listWithheld(
  transaction: Knex.Transaction,
  subjectKeys: string[],
): Promise<Set<string>> {
  const found: string[] = await transaction<EvidenceRow>('evidence')
    .whereIn('subject_key', subjectKeys)
    .where({ reason: 'credentialsWithheld' })
    .pluck('subject_key');
  return new Set(found);
}

function referencesBySubject(
  images: RunningImageRow[],
): Map<string, Set<string>> {
  const references = new Map<string, Set<string>>();
  for (const image of images) {
    if (image.subject_key) {
      const known = references.get(image.subject_key) ?? new Set();
      known.add(image.image_ref);
      references.set(image.subject_key, known);
    }
  }
  return references;
}

function subjectRowOf(options: {
  key: string;
  references: Set<string>;
  stored: SubjectRow | undefined;
  now: Date;
}): SubjectRow {
  const { key, references, stored, now } = options;
  const at = key.lastIndexOf('@');
  const known: string[] = stored ? JSON.parse(stored.image_refs) : [];
  const all = [...new Set([...references, ...known])]
    .slice(0, MAXIMUM_REFERENCES)
    .sort();
  return {
    key,
    repository: key.slice(0, at),
    digest: key.slice(at + 1),
    image_refs: JSON.stringify(all),
    first_seen: stored?.first_seen ?? now.toISOString(),
    last_seen: now.toISOString(),
  };
}

async function addNewSubjects(options: {
  transaction: Knex.Transaction;
  subjects: SubjectRow[];
}): Promise<void> {
  const { transaction, subjects } = options;
  if (subjects.length === 0) {
    return;
  }
  await transaction<SubjectDigestRow>('subject_digests')
    .insert(
      subjects.map(({ key, digest }) => ({
        subject_key: key,
        digest,
        relation: 'self' as const,
      })),
    )
    .onConflict(['subject_key', 'digest'])
    .ignore();
  await transaction<HistoryRow>('history').insert(
    subjects.map(row => ({
      at: row.first_seen,
      kind: 'firstSeen',
      repository: row.repository,
      digest: row.digest,
      entity_ref: '',
      image_ref: JSON.parse(row.image_refs)[0] ?? null,
    })),
  );
}
