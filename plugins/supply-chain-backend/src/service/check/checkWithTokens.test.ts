import { generateKeyPairSync, KeyObject, sign } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
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

// Real tokens, verified by Backstage with the keys of an issuer.
jest.setTimeout(120_000);

const AUDIENCE = 'https://backstage.acme.example';
const ISSUER = 'https://issuer.acme.example';
const SUBJECT = 'repo:acme/web:ref:refs/heads/main';

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

/** Publishes the key of an issuer that lives as long as the test. */
class Issuer {
  readonly url: string;
  readonly #server: Server;
  readonly #key: KeyObject;

  static async start(): Promise<Issuer> {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
    });
    const jwk = {
      ...publicKey.export({ format: 'jwk' }),
      kid: 'k',
      alg: 'RS256',
    };
    const server = createServer((_, res) => {
      res.setHeader('Content-Type', 'application/json');
      res.end(JSON.stringify({ keys: [jwk] }));
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    return new Issuer(server, privateKey);
  }

  private constructor(server: Server, key: KeyObject) {
    this.#server = server;
    this.#key = key;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  token(claims: object, key = this.#key): string {
    const now = Math.floor(Date.now() / 1000);
    const encode = (value: object) =>
      Buffer.from(JSON.stringify(value)).toString('base64url');
    const text = [
      encode({ alg: 'RS256', kid: 'k', typ: 'JWT' }),
      encode({
        iss: ISSUER,
        aud: AUDIENCE,
        iat: now,
        exp: now + 300,
        ...claims,
      }),
    ].join('.');
    const signature = sign('sha256', Buffer.from(text), key);
    return `${text}.${signature.toString('base64url')}`;
  }

  stop(): void {
    this.#server.close();
  }
}

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
                      permission: 'supply-chain.check',
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

/** The catalog and the policies are read after the start. */
async function settled(): Promise<void> {
  for (let left = 100; left > 0; left -= 1) {
    const { status } = await ask(WEB(), tokenOf(SUBJECT));
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
