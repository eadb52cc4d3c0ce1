import { Knex } from 'knex';
import { SettingRow } from '../../tables';

/** Options of {@link advanceSequence}. */
export type AdvanceSequenceOptions = { knex: Knex; nowMs: number };

const KEY = 'admissionSequence';

/**
 * Takes the next number: larger than every one before, and at least the time, so that a database that was restored
 * from an older copy does not go back.
 */
export async function advanceSequence(
  options: AdvanceSequenceOptions,
): Promise<number> {
  const { knex, nowMs } = options;
  await knex<SettingRow>('settings')
    .insert({ key: KEY, value: '0' })
    .onConflict('key')
    .ignore();
  for (;;) {
    const row = await knex<SettingRow>('settings').where({ key: KEY }).first();
    const value = row?.value ?? '0';
    const next = Math.max(Number(value) + 1, nowMs);
    // Another replica may have taken it meanwhile; then the next one is ours.
    const taken = await knex<SettingRow>('settings')
      .where({ key: KEY, value })
      .update({ value: String(next) });
    if (taken > 0) {
      return next;
    }
  }
}
