import request from 'supertest';
import { mockCredentials } from '@backstage/backend-test-utils';
import { createTestDatabases } from '../__testUtils__/testDatabases';
import { IMAGES } from './__testUtils__/exampleEvidence';
import { REFS } from './__testUtils__/exampleWorld';
import { entityPath, imagePath } from './__testUtils__/paths';
import { useExampleRouter } from './__testUtils__/useExampleRouter';

jest.setTimeout(60_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('the router on %s', id => {
  const router = useExampleRouter({ databases, id });
  const { get, post } = router;

  it('marks everything that comes from the sandbox', async () => {
    await router.open({ sandbox: true });
    for (const path of [
      entityPath(REFS.payments),
      imagePath(IMAGES.payments),
      '/overview',
      '/unlinked',
      '/health/sources',
    ]) {
      expect((await get(path)).body.sandbox).toBe(true);
    }
  });

  it('says 403 and which permission is missing', async () => {
    const expected = [
      [entityPath(REFS.payments), 'supply-chain.read'],
      [imagePath(IMAGES.payments), 'supply-chain.read'],
      [imagePath(IMAGES.payments, '/vulnerabilities'), 'supply-chain.read'],
      [
        imagePath(IMAGES.payments, '/vulnerability-groups'),
        'supply-chain.read',
      ],
      [imagePath(IMAGES.payments, '/history'), 'supply-chain.read'],
      ['/overview', 'supply-chain.read'],
      ['/unlinked', 'supply-chain.unlinked.read'],
      ['/health/sources', 'supply-chain.sources.read'],
    ];
    for (const [path, permission] of expected) {
      const { status, body } = await get(path, 'user:default/stranger');
      expect([path, status]).toEqual([path, 403]);
      expect(body.error.message).toContain(`'${permission}'`);
    }
  });

  it.each([
    '/overview?limit=251',
    '/overview?limit=0',
    '/overview?offset=-1',
    '/overview?outcome=perfect',
    '/overview?orderBy=luck',
    '/overview?unknown=1',
    `${imagePath(IMAGES.payments, '/vulnerabilities')}&severity=worst`,
    `${imagePath(IMAGES.payments, '/history')}&limit=many`,
  ])('says 400 to %s', async path => {
    const { status, body } = await get(path);
    expect([status, body.error.name]).toEqual([400, 'InputError']);
  });

  it('answers services as well', async () => {
    const { status } = await request(router.example.app)
      .get('/overview')
      .set('Authorization', mockCredentials.service.header());
    expect(status).toBe(200);
  });

  it('says 401 to nobody', async () => {
    const { status } = await request(router.example.app)
      .get('/overview')
      .set('Authorization', mockCredentials.none.header());
    expect(status).toBe(401);
  });

  it('audits every request with how it ended', async () => {
    await get(entityPath(REFS.payments));
    await get('/overview', 'user:default/stranger');
    await post(`${entityPath(REFS.unseen)}/recheck`);
    expect(router.example.audited).toMatchObject([
      {
        eventId: 'entity-read',
        ended: 'success',
        meta: { entityRef: REFS.payments },
      },
      { eventId: 'overview-read', ended: 'fail' },
      { eventId: 'entity-recheck', ended: 'fail' },
    ]);
  });
});
