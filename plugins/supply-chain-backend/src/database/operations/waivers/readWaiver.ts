import { Knex } from 'knex';
import { StoredWaiver } from '../../../stores/WaiverStore';
import { WaiverRow } from '../../tables';
import { storedWaiverOf } from './waiverRow';

/** Options of {@link readWaiver}. The caller has been authorised before. */
export type ReadWaiverOptions = { knex: Knex; id: string };

/** A waiver of the page. */
export async function readWaiver(
  options: ReadWaiverOptions,
): Promise<StoredWaiver | undefined> {
  const { knex, id } = options;
  const row = await knex<WaiverRow>('waivers').where({ id }).first();
  return row && storedWaiverOf(row);
}
