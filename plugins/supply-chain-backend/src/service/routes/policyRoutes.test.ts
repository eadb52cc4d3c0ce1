import { createTestDatabases } from '../../__testUtils__/testDatabases';
import { REFS } from '../__testUtils__/exampleWorld';
import { useExampleRouter } from '../__testUtils__/useExampleRouter';

jest.setTimeout(60_000);

const databases = createTestDatabases();

const NONE = {
  pass: 0,
  fail: 0,
  warn: 0,
  unknown: 0,
  waived: 0,
  notApplicable: 0,
};

describe.each(databases.eachSupportedId())(
  'the route of policies on %s',
  id => {
    const router = useExampleRouter({ databases, id });
    const { get } = router;

    it('says of each what it covers, wants and comes to', async () => {
      const { body } = await get('/policies');
      const [{ digest }] = router.policySet.policies;
      expect(body).toMatchObject({
        sandbox: false,
        notCovered: 0,
        items: [
          {
            name: 'baseline',
            digest,
            match: [],
            mode: 'audit',
            onUnknown: 'deny',
            trust: { type: 'any', roots: ['acme-release-key'] },
            platformImages: [],
            sourceRepositories: ['https://github.com/acme/*'],
            // Payments fails for a vulnerability; proxy and tool have never been looked at.
            images: { ...NONE, fail: 1, unknown: 2 },
            services: { ...NONE, fail: 1 },
            outdated: 0,
          },
        ],
      });
      expect(body.items[0]).not.toHaveProperty('enforcedAt');
    });

    it('says of each rule why it is there and what it comes to', async () => {
      const { body } = await get('/policies');
      const [signed, , registry] = body.items[0].rules;
      expect(signed).toMatchObject({
        id: 'image-signed',
        use: 'image-signed',
        title: 'Signed by a trusted signer',
        motivation: expect.any(String),
        remediation: expect.any(String),
        severity: 'critical',
        inForce: true,
        parameters: { allowViaIndex: true, allowFirstUse: false },
        controls: expect.arrayContaining(['SSDF PS.2.1']),
        images: { ...NONE, pass: 1, unknown: 2 },
        services: { ...NONE, unknown: 1 },
      });
      expect(registry.images).toEqual({ ...NONE, pass: 3 });
    });

    it('says of a rule that is an expression what it asks, and from when on', async () => {
      const [baseline] = router.policySet.policies;
      await router.open({
        policySet: {
          ...router.policySet,
          policies: [
            {
              ...baseline,
              digest: 'sha256:next',
              rules: [
                {
                  id: 'no-latest',
                  title: 'No moving tag',
                  severity: 'medium',
                  effectiveOn: '2026-08-01T00:00:00.000Z',
                  expression: 'image.tag != "latest"',
                  message: 'Deploy a version',
                  controls: ['House rule 7'],
                },
              ],
            },
          ],
        },
      });
      const [policy] = (await get('/policies')).body.items;
      expect(policy).toMatchObject({ images: NONE, outdated: 3 });
      expect(policy.rules).toEqual([
        {
          id: 'no-latest',
          title: 'No moving tag',
          severity: 'medium',
          effectiveOn: '2026-08-01T00:00:00.000Z',
          inForce: false,
          parameters: {},
          expression: 'image.tag != "latest"',
          message: 'Deploy a version',
          controls: ['House rule 7'],
          images: NONE,
          services: NONE,
        },
      ]);
    });

    it('lists every built-in rule, and the controls they serve or could', async () => {
      const { body } = await get('/policies');
      expect(body.rules.map((rule: { id: string }) => rule.id)).toEqual(
        expect.arrayContaining(['image-signed', 'provenance-verified']),
      );
      const slsa = body.frameworks.find(
        (each: { framework: string }) => each.framework === 'SLSA',
      );
      expect(slsa.controls).toEqual(
        expect.arrayContaining([
          {
            id: 'SLSA Verify expectations',
            rules: [
              { policy: 'baseline', ruleId: 'built-from-own-repository' },
            ],
            available: ['built-from-own-repository'],
          },
          {
            id: 'SLSA Build L3',
            rules: [],
            available: ['provenance-verified'],
          },
        ]),
      );
    });

    it('says where a policy is written, and what is wrong with the newest version', async () => {
      const text = `apiVersion: supply-chain/v1
kind: SupplyChainPolicy
metadata: { name: baseline }
spec: { rules: [{ use: scan-fresh }] }
`;
      await router.knex('policy_documents').insert({
        source: 'policy.yaml',
        bundle: JSON.stringify({
          source: 'policy.yaml',
          fromUrl: false,
          text,
          files: {},
        }),
        loaded_at: '2026-06-20T08:00:00.000Z',
        state: 'failed',
        problems: JSON.stringify([
          {
            code: 'ruleUnknown',
            message: 'there is no rule "scan-frehs"',
            source: 'policy.yaml',
            line: 4,
            column: 9,
            path: 'spec.rules[0].use',
          },
        ]),
      });
      await router.knex('policy_documents').insert({
        source: 'gone.yaml',
        state: 'failed',
        problems: JSON.stringify([
          { code: 'documentUnreachable', message: 'x', source: 'gone.yaml' },
        ]),
      });
      const { body } = await get('/policies');
      const origin = {
        source: 'policy.yaml',
        loadedAt: '2026-06-20T08:00:00.000Z',
      };
      expect(body.items).toMatchObject([origin]);
      expect(body.sources).toEqual([
        {
          source: 'gone.yaml',
          policies: [],
          problems: [{ code: 'documentUnreachable', message: 'x' }],
        },
        {
          ...origin,
          policies: ['baseline'],
          problems: [
            {
              code: 'ruleUnknown',
              message: 'there is no rule "scan-frehs"',
              line: 4,
              path: 'spec.rules[0].use',
            },
          ],
        },
      ]);
    });

    it('counts what another version of the policy said as outdated', async () => {
      await router
        .knex('verdicts')
        .where({ entity_ref: REFS.payments })
        .update({ policy_digest: 'sha256:earlier' });
      const [policy] = (await get('/policies')).body.items;
      expect(policy).toMatchObject({
        images: { ...NONE, unknown: 1 },
        services: NONE,
        outdated: 2,
      });
    });

    it('counts nothing for who may read policies and no entity', async () => {
      const { body } = await get('/policies', 'user:default/stranger');
      expect(body).toMatchObject({
        notCovered: 0,
        items: [{ images: NONE, services: NONE, outdated: 0 }],
      });
    });

    it('has none before policies have been read', async () => {
      await router.open({
        policySet: { policies: [], trustRoots: [], waivers: [], digest: '' },
      });
      const { body } = await get('/policies');
      expect(body.items).toEqual([]);
      expect(body.frameworks[0].controls[0].rules).toEqual([]);
    });

    it('names the missing permission', async () => {
      const { status, body } = await get('/policies', 'user:default/lawless');
      expect(status).toBe(403);
      expect(JSON.stringify(body)).toContain('supply-chain.policy.read');
    });

    it('leaves an audit event', async () => {
      await get('/policies');
      await get('/policies', 'user:default/lawless');
      expect(router.example.audited).toEqual([
        { eventId: 'policies-read', ended: 'success' },
        { eventId: 'policies-read', ended: 'fail' },
      ]);
    });

    it('counts for each rule as many services as the overview lists (DESIGN 1.5)', async () => {
      const [policy] = (await get('/policies')).body.items;
      const listed = async (query: string) =>
        (await get(`/overview?policy=baseline${query}`)).body.total;
      for (const [outcome, count] of Object.entries(policy.services)) {
        expect([outcome, await listed(`&policyOutcome=${outcome}`)]).toEqual([
          outcome,
          count,
        ]);
      }
      for (const rule of policy.rules) {
        for (const [outcome, count] of Object.entries(rule.services)) {
          const query = `&rule=${rule.id}&policyOutcome=${outcome}`;
          expect([query, await listed(query)]).toEqual([query, count]);
        }
      }
      expect(await listed('')).toBe(1);
      expect(await listed('&rule=no-such-rule')).toBe(0);
      expect((await get('/overview?policy=nobody')).body.total).toBe(0);
    });

    it('has the overview filter by the answers about registry and scan', async () => {
      const total = async (query: string) =>
        (await get(`/overview?${query}`)).body.total;
      expect(await total('registry=pass')).toBe(2);
      expect(await total('registry=fail')).toBe(0);
      expect(await total('scan=unknown')).toBe(2);
      expect(await total('scan=pass')).toBe(0);
      expect((await get('/overview?scan=perhaps')).status).toBe(400);
    });
  },
);
