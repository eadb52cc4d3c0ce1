import { Knex } from 'knex';
import { RunningImageRow } from '../../tables';
import { requestVerdicts } from './requestVerdicts';

/** Options of {@link requestAllVerdicts}. */
export type RequestAllVerdictsOptions = {
  knex: Knex;
  /** Absent: all clusters. */
  cluster?: string;
};

/** Queues everything that runs to be judged. */
export async function requestAllVerdicts(
  options: RequestAllVerdictsOptions,
): Promise<void> {
  const { knex, cluster } = options;
  const rows = await knex<RunningImageRow>('running_images')
    .where(
      cluster === undefined ? { running: true } : { running: true, cluster },
    )
    .select('id');
  await requestVerdicts({
    transaction: knex,
    runningImageIds: rows.map(row => row.id),
  });
}
