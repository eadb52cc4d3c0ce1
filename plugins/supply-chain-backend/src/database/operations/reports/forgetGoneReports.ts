import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { ReportRow } from '../../tables';
import { lockContents } from '../retention/contentLock';
import { requestVerdicts } from '../verdicts/requestVerdicts';
import { listReportedImages } from './listReportedImages';
import { whereNotRunning } from './whereRunning';

/** A scan is far too old to tell anything before. */
const LONGEST_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1_000;

/** Removes reports that their cluster does not hold any more and nothing runs that they tell of, or that are long gone. */
export async function forgetGoneReports(options: {
  knex: Knex;
  now: Date;
}): Promise<void> {
  const { knex, now } = options;
  await knex.transaction(async transaction => {
    await lockContents(transaction);
    const unused = transaction<ReportRow>('reports').whereNotNull('gone_at');
    whereNotRunning(transaction, unused);
    await unused.delete();
  });
  const before = new Date(now.getTime() - LONGEST_DAYS * DAY_MS).toISOString();
  const rows: Pick<ReportRow, 'feed' | 'source' | 'uid'>[] =
    await knex<ReportRow>('reports')
      .where('gone_at', '<', before)
      .select('feed', 'source', 'uid');
  for (const chunk of chunksOf(rows)) {
    await knex.transaction(async transaction => {
      await lockContents(transaction);
      await forgetChunk(transaction, { rows: chunk, before });
    });
  }
}

async function forgetChunk(
  transaction: Knex.Transaction,
  options: {
    rows: Pick<ReportRow, 'feed' | 'source' | 'uid'>[];
    before: string;
  },
): Promise<void> {
  const query = transaction<ReportRow>('reports')
    // One that is there again meanwhile is not gone.
    .where('gone_at', '<', options.before)
    .whereIn(
      ['feed', 'source', 'uid'],
      options.rows.map(({ feed, source, uid }) => [feed, source, uid]),
    );
  const places: ReportRow[] = await query.clone();
  await query.delete();
  const runningImageIds = await listReportedImages({ transaction, places });
  await requestVerdicts({ transaction, runningImageIds });
}
