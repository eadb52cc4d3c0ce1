import { Knex } from 'knex';
import { SettingRow } from '../../tables';

/** Names of settings. */
export type SettingKey =
  | 'linksVersion'
  | 'linkedVersion'
  | 'lastEvaluatedAt'
  | 'policySetDigest'
  | 'trustDigest'
  | 'annotatedImageRules'
  | 'admissionSequence';

/** Reads one setting. */
export async function readSetting(
  knex: Knex,
  key: SettingKey,
): Promise<string | undefined> {
  const row = await knex<SettingRow>('settings').where({ key }).first();
  return row?.value;
}

/** Options of {@link writeSetting}. */
export type WriteSettingOptions = {
  knex: Knex;
  key: SettingKey;
  value: string;
};

/** Writes one setting. */
export async function writeSetting(
  options: WriteSettingOptions,
): Promise<void> {
  const { knex, key, value } = options;
  await knex<SettingRow>('settings')
    .insert({ key, value })
    .onConflict('key')
    .merge();
}
