import { join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import {
  foundRank,
  severityAt,
} from '../database/operations/vulnerabilities/foundRank';
import { digestOf, examplePod } from '../__testUtils__/examples';
import { observePods } from '../__testUtils__/observePods';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/testDatabases';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const { up, down }: Record<'up' | 'down', (knex: Knex) => Promise<void>> =
  jest.requireActual(
    join(
      resolvePackagePath('backstage-plugin-supply-chain-backend', 'migrations'),
      '20261013000000_severity_ranks.js',
    ),
  );

/** As they were numbered before: critical, high, medium, low, negligible, unknown; 100 more where VEX sets it aside. */
const BEFORE = [2, 3, 4, 5, 103, 105];

describe.each(databases.eachSupportedId())(
  'severities stored before, on %s',
  id => {
    let knex: Knex;
    const ranksIn = async (table: string, column: string, order: string) =>
      (await knex(table).orderBy(order).pluck(column)).map(Number);

    beforeEach(async () => {
      knex = await openTestDatabase(databases, id);
      await knex('finding_sets').insert([
        { id: 1, hash: 'a' },
        { id: 2, hash: 'b' },
      ]);
      await knex('vulnerabilities').insert(
        BEFORE.map((severity, index) => ({
          id: index + 1,
          hash: String(index),
          name: `CVE-${index}`,
          severity,
          fixable: 0,
        })),
      );
      await knex('finding_set_members').insert([
        ...BEFORE.map((severity, index) => ({
          vulnerability_id: index + 1,
          set_id: 1,
          severity,
          fixable: 0,
        })),
        // The second one, low in one image, is not rated in another.
        { vulnerability_id: 2, set_id: 2, severity: 5, fixable: 0 },
      ]);
      const entry = (position: number, kind: string, rank: number) => ({
        feed: 'trivy',
        source: 'east',
        uid: '1',
        position,
        kind,
        topic: '',
        entry_id: 'x',
        status: 'found',
        status_rank: 0,
        severity_rank: rank,
        fixable: false,
        about_secrets: false,
        search: '',
        detail: '{}',
      });
      await knex('cluster_report_entries').insert([
        entry(0, 'vulnerabilities', 3),
        entry(1, 'vulnerabilities', 5),
        entry(2, 'checks', 3),
      ]);
    });

    it('say the same in the new order, and again in the old one', async () => {
      await up(knex);
      const members = await knex('finding_set_members')
        .where({ set_id: 1 })
        .orderBy('vulnerability_id')
        .pluck('severity');
      expect(members.map(severityAt)).toEqual([
        { severity: 'medium' },
        { severity: 'low' },
        { severity: 'negligible' },
        { severity: 'unknown' },
        { severity: 'low', notAffected: true },
        { severity: 'unknown', notAffected: true },
      ]);
      const [, second] = await ranksIn('vulnerabilities', 'severity', 'id');
      expect(second).toBe(foundRank({ severity: 'unknown' }));
      const entries = 'cluster_report_entries';
      expect(await ranksIn(entries, 'severity_rank', 'position')).toEqual([
        foundRank({ severity: 'low' }),
        foundRank({ severity: 'unknown' }),
        3,
      ]);

      await down(knex);
      expect(await ranksIn('vulnerabilities', 'severity', 'id')).toEqual(
        BEFORE,
      );
      expect(await ranksIn(entries, 'severity_rank', 'position')).toEqual([
        3, 5, 3,
      ]);
    });

    it('leave no set to be taken for another one', async () => {
      await up(knex);
      const hashes = ['renumbered 1', 'renumbered 2'];
      expect(await knex('finding_sets').orderBy('id').pluck('hash')).toEqual(
        hashes,
      );
      await down(knex);
      await up(knex);
      expect(await knex('finding_sets').orderBy('id').pluck('hash')).toEqual(
        hashes,
      );
    });

    it('have what runs judged again', async () => {
      const now = new Date('2026-11-20T12:00:00.000Z');
      const pods = [
        examplePod({ uid: '1', workload: 'web', digest: digestOf('1') }),
      ];
      await observePods({ knex, now, pods });
      await knex('verdict_work').delete();
      await up(knex);
      expect(await knex('verdict_work')).toHaveLength(1);
    });
  },
);
