import { join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { digestOf, examplePod } from '../__testUtils__/examples';
import { observePods } from '../__testUtils__/observePods';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/testDatabases';

jest.setTimeout(60_000);

const databases = createTestDatabases();

type Migration = Record<'up' | 'down', (knex: Knex) => Promise<void>>;

function migration(name: string): Migration {
  return jest.requireActual(
    join(
      resolvePackagePath('backstage-plugin-supply-chain-backend', 'migrations'),
      name,
    ),
  );
}

describe.each(databases.eachSupportedId())(
  'what is stored of sources before, on %s',
  id => {
    let knex: Knex;

    beforeEach(async () => {
      knex = await openTestDatabase(databases, id);
    });

    it('says what they are afterwards', async () => {
      const { up, down } = migration('20261009000001_what_sources_are.js');
      const row = (kind: string, name: string, feed: string) => ({
        kind,
        name,
        feed,
        state: 'ok',
      });
      await down(knex);
      await knex('source_health').insert([
        row('cluster', 'the west', 'kubernetes'),
        row('scanner', 'the west', 'trivy'),
        row('scanner', 'east', 'trivy'),
        row('scanner', 'Clair v4', 'clair'),
        row('exploitData', '/kev.json', 'exploitData'),
        row('exploitData', '/epss.csv', 'exploitData'),
        row('exploitData', '/of-before.json', 'exploitData'),
      ]);
      await knex('exploit_data').insert([
        { kind: 'knownExploited', source: '/kev.json', next_check_at: '' },
        { kind: 'exploitScores', source: '/epss.csv', next_check_at: '' },
      ]);
      await up(knex);
      const ofNoCluster = await knex('source_health')
        .where({ of_no_cluster: true })
        .pluck('name');
      expect(ofNoCluster).toEqual(['Clair v4']);
      expect(
        await knex('source_health')
          .where({ kind: 'exploitData' })
          .orderBy('name')
          .select('name', 'feed'),
      ).toEqual([
        { name: '/epss.csv', feed: 'exploitScores' },
        { name: '/kev.json', feed: 'knownExploited' },
      ]);
    });

    it.each([
      ['again where a catalogue is loaded', 'sha256:1', 1],
      ['no more often where none is', null, 0],
    ])('has what runs judged %s', async (_, digest, times) => {
      const { up } = migration('20261009000002_exploited_counts.js');
      const now = new Date('2026-11-20T12:00:00.000Z');
      const pods = [
        examplePod({ uid: '1', workload: 'web', digest: digestOf('1') }),
      ];
      await observePods({ knex, now, pods });
      await knex('verdict_work').delete();
      await knex('exploit_data').insert({
        kind: 'knownExploited',
        source: '/kev.json',
        next_check_at: '',
        digest,
      });
      await up(knex);
      expect(await knex('verdict_work')).toHaveLength(times);
    });
  },
);
