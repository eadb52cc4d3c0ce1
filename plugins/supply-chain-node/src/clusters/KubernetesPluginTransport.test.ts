import { mockServices } from '@backstage/backend-test-utils';
import { KubernetesPluginTransport } from './KubernetesPluginTransport';

const { signal } = new AbortController();
let asked: Array<{ url: string; init: RequestInit }>;

beforeEach(() => {
  asked = [];
});

function transport(answer: () => Response | Promise<Response>) {
  return KubernetesPluginTransport.create({
    auth: mockServices.auth(),
    discovery: mockServices.discovery(),
    fetch: async (url, init) => {
      asked.push({ url: String(url), init: init! });
      return answer();
    },
  });
}

const json =
  (body: unknown, status = 200) =>
  () =>
    new Response(JSON.stringify(body), { status });

describe('when the clusters are listed', () => {
  it('reads names, titles and which of them need a user', async () => {
    const items = [
      {
        name: 'production',
        title: 'Production',
        authProvider: 'serviceAccount',
      },
      { name: 'personal', authProvider: 'google' },
      { name: 'sso', authProvider: 'own', oidcTokenProvider: 'okta' },
    ];
    expect(await transport(json({ items })).listClusters({ signal })).toEqual([
      { name: 'production', title: 'Production', needsUser: false },
      { name: 'personal', needsUser: true },
      { name: 'sso', needsUser: true },
    ]);
    expect(asked[0].url).toBe('http://localhost:0/api/kubernetes/clusters');
  });

  it.each([
    ['a refusal', json({}, 403), 'clusterUnreachable'],
    ['no JSON', () => new Response('<html>'), 'malformedAnswer'],
    ['no items', json({}), 'malformedAnswer'],
    ['an item without name', json({ items: [{}] }), 'malformedAnswer'],
    ['an item that is none', json({ items: [7] }), 'malformedAnswer'],
    [
      'more than is read',
      () => new Response('x'.repeat(5 * 1024 * 1024)),
      'answerTooLarge',
    ],
  ])('never reads %s as "there are none"', async (_, answer, reason) => {
    await expect(
      transport(answer).listClusters({ signal }),
    ).rejects.toMatchObject({ reason });
  });
});

describe('when a cluster is asked', () => {
  const request = {
    cluster: 'production',
    path: '/api/v1/pods',
    query: new URLSearchParams({ limit: '50' }),
    accept: 'application/json',
    signal,
  };

  it('goes through the proxy as this plugin, without redirects or compression', async () => {
    await transport(json({})).get(request);
    expect(asked[0].url).toBe(
      'http://localhost:0/api/kubernetes/proxy/api/v1/pods?limit=50',
    );
    expect(asked[0].init).toMatchObject({
      method: 'GET',
      redirect: 'manual',
      headers: {
        Accept: 'application/json',
        'Accept-Encoding': 'identity',
        'Backstage-Kubernetes-Cluster': 'production',
        Authorization: expect.stringMatching(
          /^Bearer mock-service-token:.*"target":"kubernetes"/,
        ),
      },
    });
  });

  it.each(['', ' a', 'a\r\nX: y', 'größe'])(
    'refuses a name that cannot stand in a header: %j',
    async cluster => {
      await expect(
        transport(json({})).get({ ...request, cluster }),
      ).rejects.toMatchObject({ reason: 'clusterUnreachable' });
      expect(asked).toHaveLength(0);
    },
  );
});
