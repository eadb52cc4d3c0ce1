import { SupplyChainClient } from './SupplyChainClient';
import { ClusterApi } from './ClusterApi';

const CLUSTER = 'prod eu/1';
const PAGE = { offset: 0, limit: 25 };

function clientOf(fetch: jest.Mock) {
  return SupplyChainClient.create({
    discoveryApi: { getBaseUrl: async () => 'http://portal/api/supply-chain' },
    fetchApi: { fetch },
  }).clusters;
}

describe('ClusterClient', () => {
  it.each<[keyof ClusterApi, unknown, string]>([
    ['getClusters', PAGE, '/clusters?offset=0&limit=25'],
    ['getCluster', CLUSTER, '/clusters/prod%20eu%2F1'],
    [
      'getControls',
      {
        cluster: CLUSTER,
        framework: 'a/b',
        status: 'fail',
        search: '',
        ...PAGE,
      },
      '/clusters/prod%20eu%2F1/controls?framework=a%2Fb&status=fail&offset=0&limit=25',
    ],
    [
      'getFailingChecks',
      { cluster: CLUSTER, topic: 'rbac', severity: undefined, ...PAGE },
      '/clusters/prod%20eu%2F1/checks?topic=rbac&offset=0&limit=25',
    ],
    [
      'getCheckedObjects',
      { cluster: CLUSTER, topic: 'rbac', check: 'KSV/041', ...PAGE },
      '/clusters/prod%20eu%2F1/checks/rbac/KSV%2F041?offset=0&limit=25',
    ],
    [
      'getVulnerabilities',
      { cluster: CLUSTER, fixable: false, ...PAGE },
      '/clusters/prod%20eu%2F1/vulnerabilities?fixable=false&offset=0&limit=25',
    ],
  ])('%s asks for its path', async (method, query, path) => {
    const fetch = jest.fn(async () => new Response('{"said":true}'));
    const answer = await clientOf(fetch)[method](query as never);
    expect(answer).toEqual({ said: true });
    const [[url]] = fetch.mock.calls as unknown as [[string]];
    expect(url).toBe(`http://portal/api/supply-chain${path}`);
  });

  it('rejects when the answer is not a success', async () => {
    const fetch = jest.fn(async () => new Response('{}', { status: 403 }));
    await expect(clientOf(fetch).getClusters(PAGE)).rejects.toMatchObject({
      name: 'ResponseError',
    });
  });
});
