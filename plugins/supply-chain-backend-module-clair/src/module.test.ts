import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  EvidenceFeed,
  supplyChainEvidenceExtensionPoint,
} from 'backstage-plugin-supply-chain-node';
import supplyChainModule from './index';

type Added = Pick<EvidenceFeed, 'id'>;

let receivers: Added[];

beforeEach(() => {
  receivers = [];
});

async function feeds(data: object): Promise<EvidenceFeed[]> {
  const added: EvidenceFeed[] = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [
        supplyChainEvidenceExtensionPoint,
        {
          addEvidenceFeed: (...more: EvidenceFeed[]) => added.push(...more),
          addCollector: jest.fn(),
          addNotificationReceiver: (...more: Added[]) =>
            receivers.push(...more),
          addPolicyReportFeed: jest.fn(),
        },
      ],
    ],
    features: [
      supplyChainModule,
      mockServices.rootConfig.factory({ data: data as never }),
    ],
  });
  await backend.stop();
  return added;
}

const url = 'https://clair.acme.example/';
const clair = (settings: object) => feeds({ supplyChain: { clair: settings } });

it('adds nothing where Clair is not configured', async () => {
  expect(await feeds({})).toEqual([]);
});

it.each([
  [{ url }],
  [{ indexer: url, matcher: 'http://matcher:6060' }],
  [
    {
      url,
      psk: { key: 'c2VjcmV0', issuer: 'backstage' },
      refreshInterval: { hours: 1 },
      databaseMaxAge: 'P3D',
      indexTimeout: { minutes: 5 },
      concurrency: 4,
    },
  ],
])('adds its feed with %j', async settings => {
  expect((await clair(settings)).map(({ id }) => id)).toEqual(['clair']);
});

it.each([
  [{}, /url/],
  [{ url: 'ftp://clair' }, /address/],
  [{ url: 'https://user:secret@clair' }, /address/],
  [{ url, concurrency: 0 }, /concurrency/],
  [{ url, psk: { key: 'not base64!', issuer: 'x' } }, /base64/],
  [{ url, psk: { key: 'c2VjcmV0' } }, /issuer/],
])('refuses %j', async (settings, message) => {
  await expect(clair(settings)).rejects.toThrow(message);
});

it.each([
  [{ url }, ['clair']],
  [{ indexer: url, matcher: url, notifier: url }, ['clair']],
  [{ indexer: url, matcher: url }, []],
])(
  'receives notifications where it can read them: %j',
  async (settings, ids) => {
    await clair(settings);
    expect(receivers.map(({ id }) => id)).toEqual(ids);
  },
);

it('refuses a notifier that is no address', async () => {
  await expect(clair({ url, notifier: 'clair' })).rejects.toThrow(/notifier/);
});
