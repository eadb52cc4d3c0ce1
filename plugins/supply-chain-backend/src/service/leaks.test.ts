import { Express } from 'express';
import request from 'supertest';
import { mockCredentials } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/testDatabases';
import {
  examplePolicySet,
  fillExampleWorld,
  HIDDEN_TEXTS,
  REFS,
} from './__testUtils__/exampleWorld';
import { HIDDEN_PROXY, IMAGES } from './__testUtils__/exampleEvidence';
import { createExampleApp, ExampleApp } from './__testUtils__/exampleApp';
import {
  decidedByCatalog,
  Decisions,
  DENY,
  ownedBy,
} from './__testUtils__/testPermissions';

jest.setTimeout(60_000);

const databases = createTestDatabases();

const TEAMS = ['group:default/team-payments', 'group:default/team-checkout'];
const INFRASTRUCTURE = {
  'supply-chain.sources.read': DENY,
  'supply-chain.unlinked.read': DENY,
};

/** Ways in which an entity can be hidden. */
const READERS: Record<string, Decisions> = {
  'user:default/owner': {
    'supply-chain.read': ownedBy(...TEAMS),
    ...INFRASTRUCTURE,
  },
  'user:default/catalog-reader': {
    'catalog.entity.read': decidedByCatalog(),
    ...INFRASTRUCTURE,
  },
  'user:default/operator': { 'supply-chain.read': ownedBy(...TEAMS) },
};

const catalog = catalogServiceMock({
  entities: ['payments-api', 'old-batch', 'not-deployed', 'plain'].map(
    name => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name, namespace: 'default' },
    }),
  ),
});

function entityPath(ref: string): string {
  return `/entities/${ref.replace(':', '/')}`;
}

function imagePaths(): string[] {
  const images = [...Object.values(IMAGES), HIDDEN_PROXY];
  return images.flatMap(({ repository, digest }) => {
    const query = `repository=${encodeURIComponent(repository)}`;
    return [
      `/images/${digest}?${query}`,
      `/images/${digest}/vulnerabilities?${query}`,
      `/images/${digest}/vulnerability-groups?${query}`,
      `/images/${digest}/vulnerability-groups?${query}&by=package`,
      `/images/${digest}/components?${query}`,
      `/images/${digest}/components?${query}&search=vault`,
      `/images/${digest}/history?${query}`,
      `/images/${digest}/checks?${query}`,
      `/exports/images/${digest}/checks?${query}&format=json`,
      `/images/${digest}/comparison-candidates?${query}`,
      ...['csv', 'json'].map(
        format =>
          `/exports/images/${digest}/vulnerabilities?${query}&format=${format}`,
      ),
      ...images.map(
        other =>
          `/exports/images/${digest}/comparison?${query}&format=json&${new URLSearchParams(
            {
              withDigest: other.digest,
              withRepository: other.repository,
            },
          )}`,
      ),
      ...images.map(
        other =>
          `/images/${digest}/comparison?${query}&${new URLSearchParams({
            withDigest: other.digest,
            withRepository: other.repository,
          })}`,
      ),
    ];
  });
}

const FILTERS = [
  '',
  'outcome=fail',
  'outcome=unknown',
  'signature=pass',
  'signature=unknown',
  'provenance=pass',
  'provenance=unknown',
  'registry=pass',
  'scan=unknown',
  'policy=baseline',
  'policy=baseline&policyOutcome=unknown',
  'policy=baseline&rule=registry-allowed&policyOutcome=fail',
  'owner=group%3Adefault%2Fteam-payments',
  'owner=group%3Adefault%2Fteam-vault',
  'owner=group%3Adefault%2Fteam-vault&owner=group%3Adefault%2Fteam-checkout',
  'system=system%3Adefault%2Ftreasury',
  'lifecycle=classified',
  'cluster=vault-west',
  'cluster=prod-eu',
  'search=vault',
  'search=proxy',
  `search=${encodeURIComponent(IMAGES.ledger.digest)}`,
  'search=%25',
  'orderBy=name&order=desc',
  'orderBy=owner',
  'orderBy=changed',
  'limit=1&offset=1',
];

const PATHS = [
  ...Object.values(REFS).map(entityPath),
  ...imagePaths(),
  ...Object.values(REFS).map(
    ref => `/exports${entityPath(ref)}/images?format=json`,
  ),
  ...FILTERS.map(filter => `/overview?${filter}`),
  ...FILTERS.filter(filter => !filter.startsWith('limit')).map(
    filter => `/exports/services?${filter}`,
  ),
  ...[
    '?format=json',
    '',
    '?search=vault',
    '?severity=high&format=json',
    '?owner=group%3Adefault%2Fteam-vault',
    '/CVE-2026-0002?format=json',
    '/CVE-2026-0003',
    '/CVE-2026-0999',
    '/GHSA-0000-0000-vault?format=json',
  ].map(query => `/exports/vulnerabilities${query}`),
  ...[
    '',
    '?limit=1',
    '?limit=1&offset=2',
    '?fixable=true',
    '?severity=critical',
    '?severity=high',
    '?exploited=false',
    '?search=vault',
    '?search=busybox',
    '?owner=group%3Adefault%2Fteam-vault',
    '?owner=group%3Adefault%2Fteam-payments',
    '/CVE-2026-0002',
    '/CVE-2026-0003',
    '/CVE-2026-0999',
    '/GHSA-0000-0000-vault',
  ].map(query => `/vulnerabilities${query}`),
  '/unlinked',
  ...[
    '',
    '?state=pending',
    '?search=vault',
    `?entityRef=${encodeURIComponent(REFS.hidden)}`,
    `?${new URLSearchParams(IMAGES.proxy)}`,
    `?${new URLSearchParams(IMAGES.ledger)}`,
    '/vault-waiver/events',
    `/preview?${new URLSearchParams({
      ...IMAGES.proxy,
      entityRef: REFS.hidden,
      policy: 'baseline',
      rule: 'scan-fresh',
    })}`,
  ].map(query => `/waivers${query}`),
  '/clusters',
  ...['prod-eu', 'vault-west'].flatMap(cluster =>
    [
      '',
      '/controls',
      '/controls?status=fail',
      '/checks',
      '/checks/rbac/KSV041',
      '/vulnerabilities',
      '/components',
    ].map(part => `/clusters/${cluster}${part}`),
  ),
  '/health/sources',
  '/trust-roots',
  '/policies',
  ...['', '?limit=1', '?limit=1&after=0'].map(query => `/facts${query}`),
  ...['', '?only=singleSigner', '?only=contentTrustOnly', '?offset=1'].map(
    query => `/trust-roots/acme-release-key/images${query}`,
  ),
];

type Answers = Map<string, { status: number; body: unknown }>;

async function askAll(app: Express, user: string): Promise<Answers> {
  const answers: Answers = new Map();
  const header = mockCredentials.user.header(user);
  for (const path of PATHS) {
    const { status, body, text, type } = await request(app)
      .get(path)
      .set('Authorization', header);
    answers.set(path, { status, body: type === 'text/csv' ? text : body });
  }
  for (const ref of Object.values(REFS)) {
    const path = `${entityPath(ref)}/recheck`;
    const { status, body } = await request(app)
      .post(path)
      .set('Authorization', header);
    delete body.requestedAt;
    answers.set(`POST ${path}`, { status, body });
  }
  for (const verb of ['approve', 'deny', 'withdraw', 'end']) {
    const path = `/waivers/vault-waiver/${verb}`;
    const { status, body } = await request(app)
      .post(path)
      .set('Authorization', header);
    answers.set(`POST ${path}`, { status, body });
  }
  return answers;
}

/** What a caller asked for comes back in errors; only what it did not say itself can be a leak. */
function textsBeyondTheQuestion(path: string, body: unknown): string[] {
  const answer = JSON.stringify(body).toLocaleLowerCase('en-US');
  const question = decodeURIComponent(path).toLocaleLowerCase('en-US');
  return HIDDEN_TEXTS.filter(
    text => answer.includes(text) && !question.includes(text),
  );
}

describe.each(databases.eachSupportedId())('hidden entities on %s', id => {
  let withHidden: ExampleApp;
  let without: ExampleApp;

  beforeAll(async () => {
    const policySet = examplePolicySet();
    const fill = async (hidden: boolean) => {
      const knex = await openTestDatabase(databases, id);
      await fillExampleWorld({ knex, policySet, hidden });
      return createExampleApp({ knex, readers: READERS, catalog });
    };
    withHidden = await fill(true);
    without = await fill(false);
  });

  it.each(['user:default/owner', 'user:default/catalog-reader'])(
    'change nothing in any answer to %s',
    async user => {
      const answers = await askAll(withHidden.app, user);
      const expected = await askAll(without.app, user);

      expect(answers.get(entityPath(REFS.hidden))?.status).toBe(404);
      for (const [path, answer] of answers) {
        expect([path, answer]).toEqual([path, expected.get(path)]);
        expect([path, textsBeyondTheQuestion(path, answer.body)]).toEqual([
          path,
          [],
        ]);
      }
    },
  );

  it('are named in no answer to who may see all sources and unlinked workloads', async () => {
    const answers = await askAll(withHidden.app, 'user:default/operator');
    const { status, body } = answers.get('/health/sources')!;
    expect(status).toBe(200);

    for (const [path, answer] of answers) {
      // The names of clusters and registries are what this permission is for.
      const text = JSON.stringify(answer.body)
        .replaceAll('vault-west', '')
        .replaceAll('registry.vault.example', '');
      expect([path, textsBeyondTheQuestion(path, text)]).toEqual([path, []]);
    }
    expect(JSON.stringify(body)).not.toContain('"items"');
  });

  it('are there for who may see everything', async () => {
    const answers = await askAll(withHidden.app, 'user:default/administrator');

    expect(answers.get(entityPath(REFS.hidden))?.status).toBe(200);
    for (const text of HIDDEN_TEXTS) {
      expect(JSON.stringify([...answers.values()])).toContain(text);
    }
    expect(withHidden.invalidResponses).toEqual([]);
    expect(answers.get('/overview?')?.body).toMatchObject({
      total: 3,
      figures: { services: 3, unlinked: 1 },
    });
  });
});
