import { ResumePoint } from 'backstage-plugin-supply-chain-node';
import { Knex } from 'knex';
import { ResumePointRow } from '../../tables';

/** Options of {@link writeResumePoint}. */
export type WriteResumePointOptions = {
  transaction: Knex.Transaction;
  feed: string;
  source: string;
  point: ResumePoint;
};

/** Stores where the watch of a source goes on. */
export async function writeResumePoint(
  options: WriteResumePointOptions,
): Promise<void> {
  const { transaction, feed, source, point } = options;
  await transaction<ResumePointRow>('resume_points')
    .insert({ feed, source, resource_version: point.resourceVersion })
    .onConflict(['feed', 'source'])
    .merge();
}
