import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  EvidenceFeed,
  supplyChainEvidenceExtensionPoint,
} from 'backstage-plugin-supply-chain-node';
import supplyChainModule from './index';

async function feeds(data: object): Promise<EvidenceFeed[]> {
  const added: EvidenceFeed[] = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [
        supplyChainEvidenceExtensionPoint,
        {
          addEvidenceFeed: (...more: EvidenceFeed[]) => added.push(...more),
          addCollector: jest.fn(),
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

it('adds its feed', async () => {
  expect((await feeds({})).map(({ id }) => id)).toEqual(['trivy']);
});

it('reads its configuration', async () => {
  const settings = {
    clusters: ['production'],
    namespaces: ['shop'],
    pollInterval: { seconds: 30 },
  };
  expect(await feeds({ supplyChain: { trivy: settings } })).toHaveLength(1);
});

it('refuses a configuration it cannot read', async () => {
  await expect(
    feeds({ supplyChain: { trivy: { pollInterval: 'often' } } }),
  ).rejects.toThrow(/pollInterval/);
});
