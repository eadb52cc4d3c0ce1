import { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
} from '../../../__testUtils__/testDatabases';
import { releaseVerdictWork } from './releaseVerdictWork';
import { requestVerdicts } from './requestVerdicts';
import { takeVerdictWork } from './takeVerdictWork';

jest.setTimeout(60_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())(
  'an evaluation that is given back on %s',
  id => {
    let knex: Knex;

    beforeEach(async () => {
      knex = await openTestDatabase(databases, id);
    });

    it('leaves the others that were taken with it to who has them', async () => {
      await requestVerdicts({ transaction: knex, runningImageIds: ['a', 'b'] });
      const tasks = await takeVerdictWork({ knex, limit: 9, leaseMs: 60_000 });
      expect(new Set(tasks.map(({ lease }) => lease)).size).toBe(1);
      await releaseVerdictWork({
        knex,
        tasks: tasks.filter(task => task.runningImageId === 'a'),
        afterMs: 60_000,
      });
      expect(
        await knex('verdict_work').orderBy('running_image_id'),
      ).toMatchObject([
        { running_image_id: 'a', lease_holder: null },
        { running_image_id: 'b', lease_holder: tasks[0].lease },
      ]);
    });
  },
);
