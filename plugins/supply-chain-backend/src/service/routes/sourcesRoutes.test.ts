import { createTestDatabases } from '../../__testUtils__/testDatabases';
import { hoursAgo } from '../__testUtils__/StoredWorld';
import { useExampleRouter } from '../__testUtils__/useExampleRouter';

jest.setTimeout(60_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('the route of sources on %s', id => {
  const router = useExampleRouter({ databases, id });
  const { get } = router;

  it('lists sources and the queue', async () => {
    await router.world.addWork({
      subject_key: 'a',
      next_attempt_at: hoursAgo(9),
    });
    await router.world.addWork({
      subject_key: 'b',
      lease_expires_at: '2999-01-01T00:00:00.000Z',
    });
    await router.world.addSource({
      kind: 'enforcer',
      name: 'prod-eu',
      state: 'notInstalled',
    });
    const { body } = await get('/health/sources');
    expect(body.sources).toMatchObject([
      { kind: 'cluster', name: 'prod-eu', state: 'ok', items: 3 },
      { kind: 'enforcer', name: 'prod-eu', state: 'notInstalled' },
      { kind: 'policyFile', name: 'policy.yaml' },
      { kind: 'scanner', state: 'down', message: expect.any(String) },
    ]);
    expect(body.queue).toEqual({
      due: 1,
      underWay: 1,
      oldestDueAt: hoursAgo(9),
    });
  });
});
