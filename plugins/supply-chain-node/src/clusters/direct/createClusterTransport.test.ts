import { mockServices } from '@backstage/backend-test-utils';
import { ClusterListing } from '../ClusterTransport';
import { createClusterTransport } from './createClusterTransport';

const { signal } = new AbortController();
const clusters = [{ name: 'direct', url: 'https://10.0.0.1' }];
const named = (name: string): ClusterListing => ({ name, needsUser: false });

const realFetch = global.fetch;
let fetched: jest.Mock;

beforeEach(() => {
  fetched = jest.fn();
  global.fetch = fetched;
});

afterEach(() => {
  global.fetch = realFetch;
});

const create = (data: object) =>
  createClusterTransport({
    config: mockServices.rootConfig({ data: data as never }),
    auth: mockServices.auth(),
    discovery: mockServices.discovery(),
  });

const pluginHas = (...names: string[]) =>
  fetched.mockImplementation(async () =>
    Response.json({ items: names.map(name => ({ name })) }),
  );

it('asks the Kubernetes plugin where no clusters are configured', async () => {
  pluginHas('portal');
  expect(await create({}).listClusters({ signal })).toEqual([named('portal')]);
});

it('asks no plugin that is not configured, and so may not be there', async () => {
  const transport = create({ supplyChain: { clusters } });
  expect(await transport.listClusters({ signal })).toEqual([named('direct')]);
  expect(fetched).not.toHaveBeenCalled();
});

describe('with clusters of both', () => {
  const both = { supplyChain: { clusters }, kubernetes: {} };

  it('reads all of them, each by its own way', async () => {
    pluginHas('portal');
    const transport = create(both);
    expect(await transport.listClusters({ signal })).toEqual([
      named('direct'),
      named('portal'),
    ]);
    await transport.get({
      cluster: 'portal',
      path: '/api/v1/pods',
      query: new URLSearchParams(),
      accept: 'application/json',
      signal,
    });
    expect(fetched.mock.calls[1][0]).toMatch(
      /kubernetes\/proxy\/api\/v1\/pods$/,
    );
  });

  it('knows its own while those of the plugin cannot be listed', async () => {
    fetched.mockImplementation(async () => new Response('', { status: 503 }));
    await expect(create(both).listClusters({ signal })).rejects.toMatchObject({
      name: 'IncompleteClusterList',
      reason: 'clusterUnreachable',
      listings: [named('direct')],
    });
  });

  it('reads neither of two with one name, and says where they stand', async () => {
    pluginHas('direct', 'portal');
    expect(await create(both).listClusters({ signal })).toEqual([
      {
        ...named('direct'),
        refusal: {
          reason: 'clusterNamedTwice',
          message:
            "'direct' stands under supplyChain.clusters and in the Kubernetes plugin",
        },
      },
      named('portal'),
    ]);
  });

  it('does not start with a name that is configured in both', () => {
    const kubernetes = {
      clusterLocatorMethods: [
        { type: 'catalog' },
        { type: 'config', clusters: [{ name: 'other' }, { name: 'direct' }] },
      ],
    };
    expect(() => create({ supplyChain: { clusters }, kubernetes })).toThrow(
      /'direct' stands both under supplyChain.clusters and under kubernetes.clusterLocatorMethods/,
    );
  });
});
