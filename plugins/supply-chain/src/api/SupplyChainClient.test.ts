import { SupplyChainClient } from './SupplyChainClient';

function client(answer: Response) {
  const fetch = jest.fn(async (_url: RequestInfo | URL) => answer);
  return {
    fetch,
    api: SupplyChainClient.create({
      discoveryApi: {
        getBaseUrl: async id => `https://portal.acme.example/api/${id}`,
      },
      fetchApi: { fetch: fetch as unknown as typeof globalThis.fetch },
    }),
  };
}

function json(body: object, status = 200) {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json' },
  });
}

const IMAGE = { repository: 'registry.acme.example/a/b', digest: 'sha256:00' };
const ENTITY = { kind: 'component', namespace: 'default', name: 'ledger' };

describe('SupplyChainClient', () => {
  it.each([
    ['getEntity', ENTITY, '/entities/component/default/ledger'],
    ['recheckEntity', ENTITY, '/entities/component/default/ledger/recheck'],
    [
      'getEntityChecks',
      { entity: ENTITY, topic: 'rbac', failing: true, search: '', limit: 25 },
      '/entities/component/default/ledger/checks?topic=rbac&failing=true&limit=25',
    ],
    [
      'getImageChecks',
      { ...IMAGE, failing: undefined, severity: 'high', offset: 25 },
      '/images/sha256%3A00/checks?repository=registry.acme.example%2Fa%2Fb&severity=high&offset=25',
    ],
    [
      'getImage',
      IMAGE,
      '/images/sha256%3A00?repository=registry.acme.example%2Fa%2Fb',
    ],
    [
      'getImageHistory',
      { ...IMAGE, offset: 0, limit: 25 },
      '/images/sha256%3A00/history?repository=registry.acme.example%2Fa%2Fb&offset=0&limit=25',
    ],
    [
      'getImageVulnerabilities',
      { ...IMAGE, offset: 0, limit: 25, search: '', severity: undefined },
      '/images/sha256%3A00/vulnerabilities?repository=registry.acme.example%2Fa%2Fb&offset=0&limit=25',
    ],
    [
      'getImageVulnerabilityGroups',
      { ...IMAGE, by: 'package', offset: 0, limit: 25, fixable: true },
      '/images/sha256%3A00/vulnerability-groups?repository=registry.acme.example%2Fa%2Fb&by=package&offset=0&limit=25&fixable=true',
    ],
    [
      'getImageComparison',
      {
        ...IMAGE,
        withDigest: 'sha256:01',
        withRepository: 'registry.acme.example/c',
        change: 'fixed',
        sort: undefined,
        search: '',
        offset: 0,
        limit: 25,
      },
      '/images/sha256%3A00/comparison?repository=registry.acme.example%2Fa%2Fb&withDigest=sha256%3A01&withRepository=registry.acme.example%2Fc&change=fixed&offset=0&limit=25',
    ],
    [
      'getComparisonCandidates',
      IMAGE,
      '/images/sha256%3A00/comparison-candidates?repository=registry.acme.example%2Fa%2Fb',
    ],
    [
      'getVulnerabilities',
      {
        owner: ['group:default/a'],
        search: '',
        fixable: false,
        exploited: true,
        offset: 0,
        limit: 25,
      },
      '/vulnerabilities?owner=group%3Adefault%2Fa&fixable=false&exploited=true&offset=0&limit=25',
    ],
    [
      'getVulnerability',
      { id: 'CVE-2026/1', owner: undefined, offset: 25, limit: 25 },
      '/vulnerabilities/CVE-2026%2F1?offset=25&limit=25',
    ],
    [
      'getOverview',
      { owner: ['group:default/a', 'group:default/b'], system: '', limit: 10 },
      '/overview?owner=group%3Adefault%2Fa&owner=group%3Adefault%2Fb&limit=10',
    ],
    ['getUnlinked', { offset: 0, limit: 10 }, '/unlinked?offset=0&limit=10'],
    ['getSources', undefined, '/health/sources'],
    ['getTrustRoots', undefined, '/trust-roots'],
    [
      'getTrustRootImages',
      { trustRoot: 'acme ci', only: 'singleSigner', offset: 0, limit: 10 },
      '/trust-roots/acme%20ci/images?only=singleSigner&offset=0&limit=10',
    ],
  ])('%s asks the right address', async (method, query, address) => {
    const { api, fetch } = client(json({ answer: 42 }));
    await expect((api as any)[method](query)).resolves.toEqual({ answer: 42 });
    expect(fetch.mock.calls[0][0]).toBe(
      `https://portal.acme.example/api/supply-chain${address}`,
    );
  });

  it.each([
    [
      'services',
      { owner: ['group:default/a'], system: '', offset: 0 },
      '/exports/services?owner=group%3Adefault%2Fa&format=csv',
    ],
    [
      'vulnerabilities',
      { fixable: false },
      '/exports/vulnerabilities?fixable=false&format=csv',
    ],
    [
      'places',
      { id: 'CVE-2026/1', owner: undefined },
      '/exports/vulnerabilities/CVE-2026%2F1?format=csv',
    ],
    [
      'imageVulnerabilities',
      { ...IMAGE, search: 'x' },
      '/exports/images/sha256%3A00/vulnerabilities?repository=registry.acme.example%2Fa%2Fb&search=x&format=csv',
    ],
    [
      'comparison',
      { ...IMAGE, withDigest: 'sha256:01', offset: 25, limit: 25 },
      '/exports/images/sha256%3A00/comparison?repository=registry.acme.example%2Fa%2Fb&withDigest=sha256%3A01&format=csv',
    ],
    [
      'entityImages',
      { entity: ENTITY, cluster: 'prod' },
      '/exports/entities/component/default/ledger/images?cluster=prod&format=csv',
    ],
    [
      'entityChecks',
      { entity: ENTITY, severity: 'low', search: '' },
      '/exports/entities/component/default/ledger/checks?severity=low&format=csv',
    ],
    [
      'imageChecks',
      { ...IMAGE, topic: 'secrets', search: 'x' },
      '/exports/images/sha256%3A00/checks?repository=registry.acme.example%2Fa%2Fb&topic=secrets&search=x&format=csv',
    ],
  ])('exports %s from the right address', async (method, query, address) => {
    const { api, fetch } = client(new Response('a,b', { status: 200 }));
    const file = await (api.exports as any)[method](query, 'csv');
    expect(file.size).toBe(3);
    expect(fetch.mock.calls[0][0]).toBe(
      `https://portal.acme.example/api/supply-chain${address}`,
    );
  });

  it('exports nothing when the answer is not a success', async () => {
    const { api } = client(json({ error: { message: 'no' } }, 403));
    await expect(api.exports.services({}, 'csv')).rejects.toMatchObject({
      response: { status: 403 },
    });
  });

  it('rejects with the answer when it is not a success', async () => {
    const { api } = client(json({ error: { message: 'no' } }, 403));
    await expect(api.getSources()).rejects.toMatchObject({
      name: 'ResponseError',
      response: { status: 403 },
    });
  });
});
