import { SourceReport } from 'backstage-plugin-supply-chain-node';
import { digestOf, examplePod } from '../../../__testUtils__/examples';
import { observePods } from '../../../__testUtils__/observePods';
import {
  createTestDatabases,
  openTestDatabase,
} from '../../../__testUtils__/testDatabases';
import { reportSource } from './reportSource';

jest.setTimeout(60_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('reportSource on %s', id => {
  it.each<[string, Partial<SourceReport>, number]>([
    ['of another cluster judges nothing', {}, 0],
    ['of the cluster judges what runs there', { name: 'east' }, 1],
    ['of no cluster judges everything', { ofNoCluster: true }, 1],
  ])(
    'of a scanner %s again when it cannot be read any more',
    async (_, changes, times) => {
      const knex = await openTestDatabase(databases, id);
      await observePods({
        knex,
        now: new Date('2026-11-20T12:00:00.000Z'),
        pods: [
          examplePod({ uid: '1', workload: 'web', digest: digestOf('1') }),
        ],
      });
      // A space tells nothing.
      const report: SourceReport = {
        kind: 'scanner',
        name: 'the west',
        state: 'ok',
        ...changes,
      };
      await reportSource({ knex, feed: 'scanner', report });
      await knex('verdict_work').delete();
      await reportSource({
        knex,
        feed: 'scanner',
        report: { ...report, state: 'down' },
      });
      expect(await knex('verdict_work')).toHaveLength(times);
      const [stored] = await knex('source_health');
      expect(Boolean(stored.of_no_cluster)).toBe(report.ofNoCluster ?? false);
    },
  );

  it('keeps the number of items until another one is said', async () => {
    const knex = await openTestDatabase(databases, id);
    const report: SourceReport = { kind: 'scanner', name: 'x', state: 'ok' };
    const itemsAfter = async (items?: number) => {
      await reportSource({
        knex,
        feed: 'scanner',
        report: { ...report, items },
      });
      const [stored] = await knex('source_health');
      return stored.items;
    };
    expect(await itemsAfter()).toBeNull();
    expect(await itemsAfter(3)).toBe(3);
    expect(await itemsAfter()).toBe(3);
    expect(await itemsAfter(0)).toBe(0);
  });
});
