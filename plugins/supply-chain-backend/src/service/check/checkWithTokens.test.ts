import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { buildImage, OciRegistryServer } from 'sandbox';
import request, { Response } from 'supertest';
import { supplyChainPlugin } from '../../plugin';
import { AUDIENCE, Issuer, ISSUER } from '../__testUtils__/Issuer';
import { openVex } from '../__testUtils__/openVex';
import { trivyReport } from '../__testUtils__/trivyReport';

// Real tokens, verified by Backstage with the keys of an issuer.
jest.setTimeout(120_000);

const SUBJECT = 'repo:acme/web:ref:refs/heads/main';
/** Each caller may ask only so often, and what is above asks as the other one. */
const DEPLOYMENT = 'repo:acme/web:environment:production';
const KEPT_TOKEN = 'kept-by-somebody-0123456789';

const component = (name: string, source: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name,
    namespace: 'default',
    annotations: { 'backstage.io/source-location': `url:${source}` },
  },
  spec: { type: 'service', lifecycle: 'production' },
});

let issuer: Issuer;
let registry: OciRegistryServer;
let directory: string;
let backend: Awaited<ReturnType<typeof startTestBackend>>;
let digest: string;

beforeAll(async () => {
  issuer = await Issuer.start();
  registry = await OciRegistryServer.start();
  directory = await mkdtemp(join(tmpdir(), 'check-'));
  digest = buildImage({
    registry,
    repository: 'shop/web',
    tag: '1.0.0',
    source: 'https://github.com/acme/web',
    build: 1,
  }).top.digest;
  const policy = join(directory, 'policy.yaml');
  await writeFile(
    policy,
    `apiVersion: supply-chain/v1
kind: SupplyChainPolicy
metadata: { name: production }
spec:
  match: { entities: { lifecycle: [production] } }
  rules:
    - use: registry-allowed
      with: { allow: ["${registry.host}/shop/*"] }
---
apiVersion: supply-chain/v1
kind: SupplyChainPolicy
metadata: { name: scanned }
spec:
  rules: [{ use: scan-fresh }]
---
apiVersion: supply-chain/v1
kind: SupplyChainPolicy
metadata: { name: scanned-by-pipelines }
spec:
  rules:
    - { use: scan-fresh, with: { minTrust: oidcUpload } }
    - use: no-fixable-vulnerability
      with: { minTrust: oidcUpload }
---
apiVersion: supply-chain/v1
kind: SupplyChainPolicy
metadata: { name: excused-by-pipelines }
spec:
  rules:
    - use: no-fixable-vulnerability
      with: { minTrust: oidcUpload, vexMinTrust: oidcUpload }
`,
  );
  backend = await startTestBackend({
    features: [
      supplyChainPlugin,
      authServiceFactory,
      httpAuthServiceFactory,
      permissionsServiceFactory,
      catalogServiceMock.factory({
        entities: [
          component('web', 'https://github.com/acme/web/'),
          component('other', 'https://github.com/acme/other/'),
        ],
      }),
      mockServices.rootConfig.factory({
        data: {
          backend: {
            baseUrl: 'http://localhost:7007',
            database: { client: 'better-sqlite3', connection: ':memory:' },
            auth: {
              externalAccess: [
                {
                  type: 'jwks',
                  options: {
                    url: issuer.url,
                    issuer: ISSUER,
                    algorithm: 'RS256',
                    audience: AUDIENCE,
                    subjectPrefix: 'ci',
                  },
                  accessRestrictions: [
                    {
                      plugin: 'supply-chain',
                      permission: 'supply-chain.check, supply-chain.upload',
                    },
                  ],
                },
                {
                  type: 'static',
                  options: { token: KEPT_TOKEN, subject: 'nightly-scan' },
                  accessRestrictions: [
                    {
                      plugin: 'supply-chain',
                      permission: 'supply-chain.upload',
                    },
                  ],
                },
              ],
            },
          },
          permission: { enabled: true },
          supplyChain: {
            policies: [{ file: policy }],
            registries: [
              {
                host: registry.host,
                insecure: true,
                allowPrivateAddress: true,
              },
            ],
            annotatedImages: { allow: [`${registry.host}/shop/*`] },
            check: {
              subjects: [
                {
                  subject: 'repo:acme/*:ref:refs/heads/main',
                  subjectPrefix: 'ci',
                  fromSourceRepository: true,
                },
                {
                  subject: 'repo:acme/*:environment:production',
                  subjectPrefix: 'ci',
                  fromSourceRepository: true,
                },
              ],
            },
          },
        },
      }),
    ],
  });
  await settled();
});

afterAll(async () => {
  await backend.stop();
  await registry.stop();
  issuer.stop();
  await rm(directory, { recursive: true });
});

const ask = (body: object, token?: string): Promise<Response> => {
  const posted = request(backend.server)
    .post('/api/supply-chain/check')
    .send(body);
  return token === undefined
    ? posted
    : posted.set('Authorization', `Bearer ${token}`);
};

const WEB = () => ({
  image: `${registry.host}/shop/web:1.0.0`,
  entityRef: 'component:default/web',
  policy: 'production',
});

const tokenOf = (sub: string) => issuer.token({ sub });

/** The catalog and the policies are read after the start. Who asks so often is not who is limited below. */
async function settled(): Promise<void> {
  const other = { ...WEB(), entityRef: 'component:default/other' };
  for (let left = 100; left > 0; left -= 1) {
    const { status } = await ask(
      other,
      tokenOf('repo:acme/other:environment:production'),
    );
    if (status === 200) {
      return;
    }
    await new Promise(done => setTimeout(done, 200));
  }
  throw new Error('the portal knows neither entity nor policy');
}

const refused = ({ status, body }: Response) => [status, body.error?.name];

describe('a pipeline that asks with its own token', () => {
  it('learns what the policies say of the image of its entity', async () => {
    const { status, body } = await ask(WEB(), tokenOf(SUBJECT));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      schemaVersion: 1,
      clock: 'system',
      policies: [{ name: 'production' }],
      results: [
        {
          image: WEB().image,
          subject: { repository: `${registry.host}/shop/web`, digest },
          deploy: `${registry.host}/shop/web@${digest}`,
          digestSource: 'tagResolvedNow',
          outcome: 'pass',
          findings: [{ ruleId: 'registry-allowed', outcome: 'pass' }],
          contextMissing: [],
        },
      ],
    });
  });

  it('is not told that there is no scan as if there were none to fear', async () => {
    const { body } = await ask(
      { ...WEB(), policy: 'scanned' },
      tokenOf(SUBJECT),
    );
    expect(body.results[0]).toMatchObject({
      outcome: 'unknown',
      reason: 'notScanned',
    });
  });

  it('is answered about what is there now, never from memory (L7)', async () => {
    const image = `${registry.host}/shop/late:1.0.0`;
    const before = await ask({ ...WEB(), image }, tokenOf(SUBJECT));
    buildImage({
      registry,
      repository: 'shop/late',
      tag: '1.0.0',
      source: 'https://github.com/acme/web',
      build: 2,
    });
    const after = await ask({ ...WEB(), image }, tokenOf(SUBJECT));
    expect(before.body.results[0]).toMatchObject({
      digestSource: 'none',
      outcome: 'unknown',
      reason: 'accessNotProven',
    });
    expect(after.body.results[0]).toMatchObject({
      digestSource: 'tagResolvedNow',
      outcome: 'pass',
    });
  });

  it.each([
    [
      'about the entity of another repository',
      SUBJECT,
      'component:default/other',
    ],
    ['about an entity that is not there', SUBJECT, 'component:default/none'],
    [
      'from another branch',
      'repo:acme/web:ref:refs/heads/evil',
      'component:default/web',
    ],
    [
      'from a pull request',
      'repo:acme/web:pull_request',
      'component:default/web',
    ],
    [
      'from another organisation',
      'repo:evil/web:ref:refs/heads/main',
      'component:default/web',
    ],
  ])('is refused %s', async (_what, sub, entityRef) => {
    const answer = await ask({ ...WEB(), entityRef }, tokenOf(sub));
    expect(refused(answer)).toEqual([403, 'NotAllowedError']);
    expect(answer.body.error.message).toContain(
      `The caller 'ci:${sub}' is not bound to '${entityRef}'`,
    );
  });

  it('is refused about no entity, and about an image that is not its own to read', async () => {
    const { entityRef, ...nothing } = WEB();
    const none = await ask(nothing, tokenOf(SUBJECT));
    const elsewhere = await ask(
      { ...WEB(), image: `${registry.host}/core/secret:1.0.0` },
      tokenOf(SUBJECT),
    );
    expect(refused(none)).toEqual([403, 'NotAllowedError']);
    expect(refused(elsewhere)).toEqual([403, 'NotAllowedError']);
    expect(elsewhere.body.error.message).toContain(
      "'component:default/web' runs nothing from it",
    );
    expect(
      registry.requests.filter(({ path }) => path.includes('core/secret')),
    ).toEqual([]);
  });

  it('may do nothing else', async () => {
    const { status } = await request(backend.server)
      .get('/api/supply-chain/policies')
      .set('Authorization', `Bearer ${tokenOf(SUBJECT)}`);
    expect(status).toBe(403);
  });

  it('is nobody with a token that is signed by another, expired, or for another audience', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const past = Math.floor(Date.now() / 1000) - 60;
    const tokens = [
      undefined,
      issuer.token({ sub: SUBJECT }, privateKey),
      issuer.token({ sub: SUBJECT, exp: past }),
      issuer.token({ sub: SUBJECT, aud: 'https://elsewhere.example' }),
      issuer.token({ sub: SUBJECT, iss: 'https://elsewhere.example' }),
    ];
    for (const token of tokens) {
      expect((await ask(WEB(), token)).status).toBe(401);
    }
  });

  it.each([
    [{ image: ':::' }],
    [{ policy: 'none' }],
    [{ cluster: 'prod-eu' }],
    [{ entityRef: 'a/b/c' }],
    [{ images: [] }],
  ])('is told what is wrong with %j', async change => {
    // As another pipeline: each may ask only so often, and these come last.
    const answer = await ask(
      { ...WEB(), entityRef: 'component:default/other', ...change },
      tokenOf('repo:acme/other:ref:refs/heads/main'),
    );
    expect(refused(answer)).toEqual([400, 'InputError']);
  });
});

describe('a pipeline that hands in a scan with its own token', () => {
  const put = (
    token: string,
    { entity = 'web', fixable = [] as string[], madeAgoMs = 1_000 } = {},
  ) => {
    const repository = `${registry.host}/shop/web`;
    const query = new URLSearchParams({
      entity: `component:default/${entity}`,
      repository,
      digest,
    });
    return request(backend.server)
      .put(`/api/supply-chain/evidence/vulnerabilities?${query}`)
      .set('Authorization', `Bearer ${token}`)
      .set('Content-Type', 'application/octet-stream')
      .send(
        trivyReport({
          repoDigest: `${repository}@${digest}`,
          createdAt: new Date(Date.now() - madeAgoMs).toISOString(),
          fixable,
        }),
      );
  };
  const checked = async (policy: string) => {
    const { status, body } = await ask(
      { ...WEB(), policy },
      tokenOf(DEPLOYMENT),
    );
    expect(status).toBe(200);
    const [{ outcome, reason }] = body.results;
    return [outcome, reason];
  };

  it('is recorded as who it is, and counts where a rule takes it (L9)', async () => {
    const { status, body } = await put(tokenOf(SUBJECT), { madeAgoMs: 60_000 });
    expect([status, body.status, body.trust]).toEqual([
      200,
      'created',
      'oidcUpload',
    ]);
    expect(await checked('scanned')).toEqual(['unknown', 'notScanned']);
    expect(await checked('scanned-by-pipelines')).toEqual(['pass', undefined]);
  });

  it('fails the image by what it found', async () => {
    await put(tokenOf(SUBJECT), { fixable: ['CVE-2026-9'] });
    expect(await checked('scanned-by-pipelines')).toEqual([
      'fail',
      'fixableVulnerability',
    ]);
  });

  it('sets aside by VEX what it found, where a rule takes that from a pipeline', async () => {
    await put(tokenOf(SUBJECT), { fixable: ['CVE-2026-9'] });
    const putVex = (token: string) => {
      const query = new URLSearchParams({
        entity: 'component:default/web',
        repository: `${registry.host}/shop/web`,
        digest,
      });
      return request(backend.server)
        .put(`/api/supply-chain/evidence/vex?${query}`)
        .set('Authorization', `Bearer ${token}`)
        .set('Content-Type', 'application/octet-stream')
        .send(
          openVex({
            change: { timestamp: new Date(Date.now() - 1_000).toISOString() },
          }),
        );
    };
    const failed = ['fail', 'fixableVulnerability'];
    expect((await putVex(KEPT_TOKEN)).body.trust).toBe('tokenUpload');
    expect(await checked('excused-by-pipelines')).toEqual(failed);
    expect((await putVex(tokenOf(SUBJECT))).body.trust).toBe('oidcUpload');
    expect(await checked('excused-by-pipelines')).toEqual(['pass', undefined]);
    expect(await checked('scanned-by-pipelines')).toEqual(failed);
  });

  it('is kept from the entities of others', async () => {
    const elsewhere = await put(tokenOf(SUBJECT), { entity: 'other' });
    const branch = await put(tokenOf('repo:acme/web:ref:refs/heads/x'));
    for (const answer of [elsewhere, branch]) {
      expect(refused(answer)).toEqual([403, 'NotAllowedError']);
    }
  });

  it('is not taken for one with a token that somebody keeps', async () => {
    const { body } = await put(KEPT_TOKEN, { entity: 'other' });
    expect(body).toMatchObject({ status: 'created', trust: 'tokenUpload' });
  });

  it('needs a token', async () => {
    expect((await put('nobody')).status).toBe(401);
  });
});
