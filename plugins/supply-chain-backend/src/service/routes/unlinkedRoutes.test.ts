import { createTestDatabases } from '../../__testUtils__/testDatabases';
import { useExampleRouter } from '../__testUtils__/useExampleRouter';

jest.setTimeout(60_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())(
  'the route of workloads of no entity on %s',
  id => {
    const { get } = useExampleRouter({ databases, id });

    it('lists workloads of no entity with what would link them', async () => {
      const { body } = await get('/unlinked');
      expect(body).toMatchObject({
        total: 1,
        items: [
          {
            workloadName: 'cron',
            outcome: 'unknown',
            annotation: 'backstage.io/kubernetes-label-selector: "app=cron"',
          },
        ],
      });
    });
  },
);
