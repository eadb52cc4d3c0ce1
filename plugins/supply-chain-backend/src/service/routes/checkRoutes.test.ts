import { createTestDatabases } from '../../__testUtils__/testDatabases';
import { IMAGES } from '../__testUtils__/exampleEvidence';
import { REFS } from '../__testUtils__/exampleWorld';
import { DENY } from '../__testUtils__/testPermissions';
import { useExampleRouter } from '../__testUtils__/useExampleRouter';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const { repository, digest } = IMAGES.payments;
const PAYMENTS = {
  image: `${repository}@${digest}`,
  entityRef: REFS.payments,
};

describe.each(databases.eachSupportedId())('the route of checks on %s', id => {
  const router = useExampleRouter({ databases, id });
  const check = (body: object, user?: string) =>
    router.post('/check', user, body);

  it('judges by what is looked at now and by the scans of the entity', async () => {
    const { status, body } = await check(PAYMENTS);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      schemaVersion: 1,
      results: [
        {
          ...{ image: PAYMENTS.image, subject: { repository, digest } },
          digestSource: 'specDigest',
          // What was found out about it before is not what is there now.
          signature: { status: 'unavailable' },
          vulnerabilities: { status: 'present', fixable: 2 },
        },
      ],
    });
    expect(body.results[0].outcome).not.toBe('pass');
    expect(router.example.audited).toContainEqual(
      expect.objectContaining({ eventId: 'image-check', ended: 'success' }),
    );
  });

  it('says nothing of the scans of others', async () => {
    const { body } = await check({ image: PAYMENTS.image });
    expect(body.results[0].vulnerabilities).not.toHaveProperty('counts');
  });

  it('cannot tell of a tag that cannot be resolved', async () => {
    const { body } = await check({ image: `${repository}:2.0.0` });
    expect(body.results[0]).toMatchObject({
      digestSource: 'none',
      outcome: expect.stringMatching(/unknown|fail/),
    });
    expect(body.results[0]).not.toHaveProperty('deploy');
  });

  it('says 403 without the permission, and 404 about an entity that is hidden or not there', async () => {
    await router.open({
      readers: {
        'user:default/pipeline': { 'supply-chain.check': DENY },
        'user:default/stranger': { 'supply-chain.read': DENY },
      },
    });
    const refused = await check(PAYMENTS, 'user:default/pipeline');
    const hidden = await check(PAYMENTS, 'user:default/stranger');
    const none = await check({ ...PAYMENTS, entityRef: 'component:none' });
    expect([refused.status, hidden.status, none.status]).toEqual([
      403, 404, 404,
    ]);
    expect(refused.body.error.message).toContain('supply-chain.check');
  });

  it('reads with credentials only for an entity that runs something from there (L30)', async () => {
    const [host] = repository.split('/');
    await router.open({ config: { registries: [{ host }] } });
    const linked = await check(PAYMENTS);
    const other = await check({
      image: `${host}/else/where@${digest}`,
      entityRef: REFS.payments,
    });
    const nobody = await check({ image: PAYMENTS.image });
    expect([linked.status, other.status, nobody.status]).toEqual([
      200, 403, 403,
    ]);
    expect(other.body.error.message).toContain('annotatedImages.allow');
  });

  it('says 429 to who asks too often', async () => {
    const answers = [];
    for (let count = 0; count < 21; count += 1) {
      answers.push((await check({ image: ':::' })).status);
    }
    expect(answers.filter(status => status === 400)).toHaveLength(20);
    expect(answers.pop()).toBe(429);
  });
});
