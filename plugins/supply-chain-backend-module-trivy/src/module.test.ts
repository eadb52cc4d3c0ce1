import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  EvidenceFeed,
  PolicyReportFeed,
  supplyChainEvidenceExtensionPoint,
} from 'backstage-plugin-supply-chain-node';
import supplyChainModule from './index';

type Feed = Pick<EvidenceFeed, 'id'>;

async function feeds(data: object): Promise<Feed[]> {
  const added: Feed[] = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [
        supplyChainEvidenceExtensionPoint,
        {
          addEvidenceFeed: (...more: EvidenceFeed[]) => added.push(...more),
          addCollector: jest.fn(),
          addNotificationReceiver: (...more: Feed[]) => added.push(...more),
          addPolicyReportFeed: (...more: PolicyReportFeed[]) =>
            added.push(...more),
          addSbomFeed: (...more: Feed[]) => added.push(...more),
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

const ids = async (settings: object) =>
  (await feeds({ supplyChain: { trivy: settings } })).map(({ id }) => id);

it('adds its feeds', async () => {
  expect(await ids({})).toEqual(['trivy', 'trivy-checks', 'trivy-sboms']);
});

it('leaves everything but vulnerabilities alone when it is told to', async () => {
  expect(await ids({ checks: false, sboms: false })).toEqual(['trivy']);
});

it('reads its configuration', async () => {
  const settings = {
    clusters: ['production'],
    namespaces: ['shop'],
    pollInterval: { seconds: 30 },
  };
  expect(await ids(settings)).toHaveLength(3);
});

it('refuses a configuration it cannot read', async () => {
  await expect(
    feeds({ supplyChain: { trivy: { pollInterval: 'often' } } }),
  ).rejects.toThrow(/pollInterval/);
});

it('takes what the operator pushes where it has a token', async () => {
  const token = 'a-token-of-thirty-two-characters';
  expect(await ids({ webhook: { token } })).toEqual([
    'trivy',
    'trivy-checks',
    'trivy-sboms',
    'trivy-operator',
  ]);
});

it.each([[{}], [{ token: 'short' }], [{ token: 'with spaces '.repeat(4) }]])(
  'refuses the webhook %j, and quotes no token',
  async webhook => {
    await expect(ids({ webhook })).rejects.toThrow(
      /^(?!.*(?:short|spaces spaces)).*webhook.*token/s,
    );
  },
);

it('reads clusters by their addresses', async () => {
  const clusters = [{ name: 'production', url: 'http://10.0.0.1' }];
  await expect(feeds({ supplyChain: { clusters } })).rejects.toThrow(
    /'production': expected https/,
  );
});
