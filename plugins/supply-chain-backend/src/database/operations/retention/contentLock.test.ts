import { Knex } from 'knex';
import { exampleReport, exampleSbom } from '../../../__testUtils__/examples';
import {
  createTestDatabases,
  openTestDatabase,
} from '../../../__testUtils__/testDatabases';
import { isPostgres } from '../../databaseTime';
import { upsertReports } from '../reports/upsertReports';
import { upsertSbomReports } from '../sboms/upsertSbomReports';
import { forgetOld } from './forgetOld';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const NOW = new Date('2026-05-02T00:00:00.000Z');
const SOURCE = { feed: 'trivy', source: 'east' };

describe.each(databases.eachSupportedId())(
  'what is taken up again while it is forgotten, on %s',
  id => {
    let knex: Knex;

    beforeEach(async () => {
      knex = await openTestDatabase(databases, id);
    });

    const forget = () =>
      forgetOld({
        knex,
        now: NOW,
        imagesBefore: '2000-01-01T00:00:00.000Z',
        historyBefore: '2000-01-01T00:00:00.000Z',
      });

    /** Until whoever forgets waits for somebody; on SQLite it waits for the only connection. */
    const waits = async (transaction: Knex.Transaction) => {
      while (isPostgres(knex)) {
        const { rows } = await transaction.raw(
          "select 1 from pg_locks where locktype = 'advisory' and not granted",
        );
        if (rows.length > 0) {
          return;
        }
      }
    };

    /** Writes something again of which only the content is left, while what nothing names is forgotten. */
    const takeUpAgain = async (
      write: (transaction: Knex.Transaction) => Promise<unknown>,
      reports: string,
    ) => {
      await knex.transaction(write);
      await knex(reports).delete();
      let forgetting: Promise<void> | undefined;
      await knex.transaction(async transaction => {
        await write(transaction);
        forgetting = forget();
        await Promise.race([forgetting, waits(transaction)]);
      });
      await forgetting;
    };

    it('keeps a scan', async () => {
      await takeUpAgain(
        transaction =>
          upsertReports({
            transaction,
            ...SOURCE,
            reports: [exampleReport()],
            now: NOW,
          }),
        'reports',
      );
      expect(await knex('scans')).toHaveLength(1);
      await knex('reports').delete();
      await forget();
      expect(await knex('scans')).toEqual([]);
    });

    it('keeps an SBOM with its components', async () => {
      await takeUpAgain(
        transaction =>
          upsertSbomReports({
            transaction,
            ...SOURCE,
            reports: [exampleSbom()],
          }),
        'sbom_reports',
      );
      expect(await knex('sboms')).toHaveLength(1);
      expect(await knex('sbom_components')).toHaveLength(1);
    });
  },
);
