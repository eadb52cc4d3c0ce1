import { createTestDatabases } from '../../__testUtils__/testDatabases';
import { IMAGES } from '../__testUtils__/exampleEvidence';
import { REFS } from '../__testUtils__/exampleWorld';
import { useExampleRouter } from '../__testUtils__/useExampleRouter';

jest.setTimeout(60_000);

const databases = createTestDatabases();

const ROOT = 'acme-release-key';
const IMAGES_OF_ROOT = `/trust-roots/${ROOT}/images`;

describe.each(databases.eachSupportedId())(
  'the routes of trust roots on %s',
  id => {
    const router = useExampleRouter({ databases, id });
    const { get } = router;

    it('say of each what it trusts, where it is used and what stands on it', async () => {
      const { body } = await get('/trust-roots');
      const [{ digest, name }] = router.policySet.policies;
      expect(body).toMatchObject({
        sandbox: false,
        contentTrustOnly: 0,
        items: [
          {
            name: ROOT,
            type: 'keys',
            digest: router.policySet.trustRoots[0].digest,
            policies: [{ name, digest }],
            signers: [
              {
                kind: 'key',
                name: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
              },
            ],
            requirements: [
              { proof: 'transparencyLog', need: 'none' },
              { proof: 'timestamps', need: 'none' },
            ],
            warnings: [],
            expiries: [{ kind: 'key', state: 'lasting', due: false }],
            images: { verified: 1, singleSigner: 1, contentTrustOnly: 0 },
          },
        ],
      });
    });

    it('say which document a root is written in', async () => {
      const text = `apiVersion: supply-chain/v1
kind: TrustRoot
metadata: { name: ${ROOT} }
spec: { contentTrust: { server: "https://notary.acme.example", trustOnFirstUse: true } }
`;
      await router.knex('policy_documents').insert({
        source: 'trust.yaml',
        bundle: JSON.stringify({
          source: 'trust.yaml',
          fromUrl: false,
          text,
          files: {},
        }),
        loaded_at: '2026-11-20T08:00:00.000Z',
        state: 'ok',
        problems: '[]',
      });
      const { body } = await get('/trust-roots');
      expect(body.items).toMatchObject([
        { source: 'trust.yaml', loadedAt: '2026-11-20T08:00:00.000Z' },
      ]);
    });

    it('list the images that stand on a root, a page at a time', async () => {
      const { repository, digest } = IMAGES.payments;
      const { body } = await get(IMAGES_OF_ROOT);
      expect(body).toMatchObject({
        total: 1,
        items: [
          {
            repository,
            digest,
            schemes: ['cosign'],
            signers: [expect.stringMatching(/^sha256:/)],
            singleSigner: true,
            contentTrustOnly: false,
            entityRefs: [REFS.payments],
          },
        ],
      });
      expect((await get(`${IMAGES_OF_ROOT}?offset=1`)).body).toMatchObject({
        total: 1,
        items: [],
      });
      expect(
        (await get(`${IMAGES_OF_ROOT}?only=singleSigner`)).body.total,
      ).toBe(1);
      expect(
        (await get(`${IMAGES_OF_ROOT}?only=contentTrustOnly`)).body.total,
      ).toBe(0);
    });

    it('know no root that is not in force, and no other filter', async () => {
      expect((await get('/trust-roots/nobody/images')).status).toBe(404);
      expect((await get(`${IMAGES_OF_ROOT}?only=all`)).status).toBe(400);
    });

    it('count nothing for who may read trust roots and no entity', async () => {
      const { body } = await get('/trust-roots', 'user:default/stranger');
      expect(body.items).toMatchObject([{ images: { verified: 0 } }]);
      expect(
        (await get(IMAGES_OF_ROOT, 'user:default/stranger')).body,
      ).toMatchObject({ total: 0, items: [] });
    });

    it('name the missing permission, before they say whether a root exists', async () => {
      for (const path of [
        '/trust-roots',
        IMAGES_OF_ROOT,
        '/trust-roots/nobody/images',
      ]) {
        const answer = await get(path, 'user:default/untrusted');
        expect([path, answer.status]).toEqual([path, 403]);
        expect(JSON.stringify(answer.body)).toContain(
          'supply-chain.trust.read',
        );
      }
    });

    it('leave an audit event each', async () => {
      await get('/trust-roots');
      await get(IMAGES_OF_ROOT, 'user:default/untrusted');
      expect(router.example.audited).toEqual([
        { eventId: 'trust-roots-read', ended: 'success' },
        {
          eventId: 'trust-root-images-read',
          ended: 'fail',
          meta: { trustRoot: ROOT },
        },
      ]);
    });
  },
);
