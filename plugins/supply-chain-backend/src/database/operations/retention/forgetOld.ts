import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import {
  HistoryRow,
  RunningImageRow,
  SubjectRow,
  UploadRow,
} from '../../tables';
import { forgetGoneReports } from '../reports/forgetGoneReports';
import { forgetSboms } from '../sboms/forgetSboms';
import { forgetScans } from '../scans/forgetScans';
import { requestVerdicts } from '../verdicts/requestVerdicts';

/** Options of {@link forgetOld}. */
export type ForgetOldOptions = {
  knex: Knex;
  now: Date;
  /** RFC 3339: images last seen running before are forgotten. */
  imagesBefore: string;
  /** RFC 3339: history before is forgotten. */
  historyBefore: string;
};

const TABLES_BY_SUBJECT = ['work', 'evidence', 'subject_digests'];

/** Removes what nobody looks at any more. The only place that removes history. */
export async function forgetOld(options: ForgetOldOptions): Promise<void> {
  const { knex, now, imagesBefore, historyBefore } = options;
  await forgetImages(knex, imagesBefore);
  await forgetSubjects(knex, imagesBefore);
  await forgetUploads(knex, imagesBefore);
  await forgetGoneReports({ knex, now });
  await forgetScans({ knex, now });
  await forgetSboms({ knex });
  await knex<HistoryRow>('history').where('at', '<', historyBefore).delete();
}

/** What was handed in about images that never ran, or are forgotten themselves. */
async function forgetUploads(knex: Knex, before: string): Promise<void> {
  await knex<UploadRow>('uploads')
    .where('uploaded_at', '<', before)
    .whereNotExists(
      knex('subjects')
        .leftJoin('subject_digests as members', 'members.subject_key', 'key')
        .whereRaw('subjects.repository = uploads.repository')
        .whereRaw(
          '(subjects.digest = uploads.digest or members.digest = uploads.digest)',
        ),
    )
    .delete();
}

async function forgetImages(knex: Knex, before: string): Promise<void> {
  const rows = await knex<RunningImageRow>('running_images')
    .where({ running: false })
    .where('last_seen', '<', before)
    .select('id');
  for (const ids of chunksOf(rows.map(row => row.id))) {
    await knex.transaction(async transaction => {
      for (const table of [
        'running_image_entities',
        'running_image_controllers',
      ]) {
        await transaction(table).whereIn('running_image_id', ids).delete();
      }
      await transaction<RunningImageRow>('running_images')
        .whereIn('id', ids)
        .where({ running: false })
        .delete();
      // The engine takes away what was judged of them and sums up their entities anew.
      await requestVerdicts({ transaction, runningImageIds: ids });
    });
  }
}

async function forgetSubjects(knex: Knex, before: string): Promise<void> {
  const rows = await knex<SubjectRow>('subjects')
    .where('last_seen', '<', before)
    .whereNotIn(
      'key',
      knex('running_images').whereNotNull('subject_key').select('subject_key'),
    )
    .select('key');
  for (const keys of chunksOf(rows.map(row => row.key))) {
    await knex.transaction(async transaction => {
      for (const table of TABLES_BY_SUBJECT) {
        await transaction(table).whereIn('subject_key', keys).delete();
      }
      await transaction<SubjectRow>('subjects').whereIn('key', keys).delete();
    });
  }
}
