import { Knex } from 'knex';
import { RunningImageRow, SubjectDigestRow, UploadRow } from '../../tables';
import { putScans } from '../scans/putScans';
import { requestVerdicts } from '../verdicts/requestVerdicts';
import { makeRoom } from './makeRoom';
import { Upload, uploadRowOf, vexDetailOf } from './uploadRow';

/** Options of {@link writeUpload}. */
export type WriteUploadOptions = { knex: Knex; upload: Upload };

/**
 * What came of an upload.
 *
 * - `created`, `replaced`: it counts from now on.
 * - `unchanged`: these very bytes are there already.
 * - `kept`: there is a newer one by the same scanner and uploader, or a later version of the same document; it stays.
 * - `refused`: there are too many about this image, and each of them counts.
 */
export type WriteUploadResult = {
  status: 'created' | 'replaced' | 'unchanged' | 'kept' | 'refused';
  /** What is stored now. */
  row: UploadRow;
};

/** Stores an upload and has what runs judged again, all or nothing. */
export async function writeUpload(
  options: WriteUploadOptions,
): Promise<WriteUploadResult> {
  const { row, scan } = uploadRowOf(options.upload);
  return options.knex.transaction(async transaction => {
    const before = await transaction<UploadRow>('uploads')
      .where({ id: row.id })
      .first();
    if (before?.body_hash === row.body_hash) {
      return { status: 'unchanged', row: before };
    }
    if (!before && !(await makeRoom({ transaction, row }))) {
      return { status: 'refused', row };
    }
    if (before && isOlderVersion(row, before)) {
      return { status: 'kept', row: before };
    }
    if (scan) {
      const now = new Date(row.uploaded_at);
      await putScans({ transaction, scans: [scan], now });
    }
    await transaction<UploadRow>('uploads')
      .insert(row)
      .onConflict('id')
      .merge()
      // Of two at once the newer one stays, whichever comes first.
      .where('uploads.made_at', '<=', row.made_at);
    const stored = await transaction<UploadRow>('uploads')
      .where({ id: row.id })
      .first();
    if (stored!.body_hash !== row.body_hash) {
      return { status: 'kept', row: stored! };
    }
    await requestVerdicts({
      transaction,
      runningImageIds: await concernedImages(transaction, row),
    });
    return { status: before ? 'replaced' : 'created', row };
  });
}

/** Of two documents from one instant the version decides. */
function isOlderVersion(row: UploadRow, before: UploadRow): boolean {
  return (
    row.kind === 'vex' &&
    row.made_at === before.made_at &&
    vexDetailOf(row).version < vexDetailOf(before).version
  );
}

/** What the entity runs from the repository and the upload may speak for (L3). */
async function concernedImages(
  transaction: Knex.Transaction,
  { entity_ref, repository, digest }: UploadRow,
): Promise<string[]> {
  const keys = transaction<SubjectDigestRow>('subject_digests')
    .where({ digest })
    .select('subject_key');
  const rows: { id: string }[] = await transaction<RunningImageRow>(
    'running_images',
  )
    .join(
      'running_image_entities as links',
      'links.running_image_id',
      'running_images.id',
    )
    .where({
      'links.entity_ref': entity_ref,
      'running_images.repository': repository,
    })
    .where(query =>
      query
        .where('running_images.digest', digest)
        .orWhereIn('running_images.subject_key', keys),
    )
    .select('running_images.id');
  return rows.map(({ id }) => id);
}
