import { Waiver } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { WaiverRow } from '../../tables';
import { approvedWaiverOf } from './waiverRow';

/** Options of {@link listWaiversInForce}. */
export type ListWaiversInForceOptions = {
  knex: Knex;
  /** Those that end later. */
  after: Date;
  /** @defaultValue without a limit */
  until?: Date;
};

/** Approved waivers of the page that end in a period, in a fixed order. */
export async function listWaiversInForce(
  options: ListWaiversInForceOptions,
): Promise<Waiver[]> {
  const { knex, after, until } = options;
  const query = knex<WaiverRow>('waivers')
    .where({ state: 'approved' })
    .where('expires', '>', after.toISOString())
    .orderBy('id');
  if (until) {
    query.where('expires', '<=', until.toISOString());
  }
  const rows: WaiverRow[] = await query;
  return rows.map(approvedWaiverOf);
}
