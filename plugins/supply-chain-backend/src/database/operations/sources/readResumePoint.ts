import { ResumePoint } from 'backstage-plugin-supply-chain-node';
import { Knex } from 'knex';
import { ResumePointRow } from '../../tables';

/** Options of {@link readResumePoint}. */
export type ReadResumePointOptions = {
  knex: Knex;
  feed: string;
  source: string;
};

/** Where the watch of a source goes on; undefined when nothing is stored. */
export async function readResumePoint(
  options: ReadResumePointOptions,
): Promise<ResumePoint | undefined> {
  const { knex, feed, source } = options;
  const row = await knex<ResumePointRow>('resume_points')
    .where({ feed, source })
    .first();
  return row && { resourceVersion: row.resource_version };
}
