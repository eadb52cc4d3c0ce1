import { setImmediate } from 'node:timers/promises';
import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { ScanRow, ScanTextRow } from '../../tables';
import { lockContents } from '../retention/contentLock';
import { dayOf } from './putScans';
import { textHashesOf } from './readScanContents';

/** A text that was in use within so many days is not asked about: every scan that is written says so of its texts. */
const UNASKED_DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1_000;

/** So many texts are asked about at once. */
const MAXIMUM_TEXTS = 100_000;
const SCANS_PER_READ = 200;

/** Removes scans that no report and no upload names, and texts that no scan names. */
export async function forgetScans(options: {
  knex: Knex;
  now: Date;
}): Promise<void> {
  const { knex, now } = options;
  await knex.transaction(async transaction => {
    await lockContents(transaction);
    await transaction<ScanRow>('scans')
      .whereNotIn(
        'hash',
        transaction('reports').whereNotNull('scan_hash').select('scan_hash'),
      )
      .whereNotIn(
        'hash',
        transaction('uploads').whereNotNull('scan_hash').select('scan_hash'),
      )
      .delete();
  });
  await forgetTexts(knex, now);
}

async function forgetTexts(knex: Knex, now: Date): Promise<void> {
  const before = dayOf(new Date(now.getTime() - UNASKED_DAYS * DAY_MS));
  const old: string[] = await knex<ScanTextRow>('scan_texts')
    .where('used_on', '<', before)
    .orderBy('used_on')
    .limit(MAXIMUM_TEXTS)
    .pluck('hash');
  if (old.length === 0) {
    return;
  }
  const unused = new Set(old);
  for await (const scan of everyScan(knex)) {
    textHashesOf(scan).forEach(hash => unused.delete(hash));
  }
  const used = old.filter(hash => !unused.has(hash));
  for (const hashes of chunksOf(used)) {
    await knex<ScanTextRow>('scan_texts')
      .whereIn('hash', hashes)
      .update({ used_on: dayOf(now) });
  }
  for (const hashes of chunksOf([...unused])) {
    // A scan that was written meanwhile has said that it uses them.
    await knex<ScanTextRow>('scan_texts')
      .whereIn('hash', hashes)
      .where('used_on', '<', before)
      .delete();
  }
}

async function* everyScan(
  knex: Knex,
): AsyncGenerator<Pick<ScanRow, 'hash' | 'about'>> {
  for (let after = ''; ; ) {
    const rows: Pick<ScanRow, 'hash' | 'about'>[] = await knex<ScanRow>('scans')
      .where('hash', '>', after)
      .orderBy('hash')
      .limit(SCANS_PER_READ)
      .select('hash', 'about');
    yield* rows;
    if (rows.length < SCANS_PER_READ) {
      return;
    }
    after = rows[rows.length - 1].hash;
    // Others have their turn in between: a fleet has thousands of scans.
    await setImmediate();
  }
}
