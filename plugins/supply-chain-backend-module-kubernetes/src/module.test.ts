import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  InventoryFeed,
  PolicyReportFeed,
  supplyChainEvidenceExtensionPoint,
  supplyChainInventoryExtensionPoint,
} from 'backstage-plugin-supply-chain-node';
import supplyChainModule from './index';

async function feeds(data: object) {
  const added: Array<InventoryFeed | PolicyReportFeed> = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [
        supplyChainInventoryExtensionPoint,
        {
          addInventoryFeed: (...more: InventoryFeed[]) => added.push(...more),
        },
      ],
      [
        supplyChainEvidenceExtensionPoint,
        {
          addPolicyReportFeed: (...more: PolicyReportFeed[]) =>
            added.push(...more),
          addEvidenceFeed: jest.fn(),
          addCollector: jest.fn(),
          addNotificationReceiver: jest.fn(),
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

it('adds its feeds', async () => {
  expect((await feeds({})).map(({ id }) => id)).toEqual([
    'kubernetes',
    'policy-reports',
  ]);
});

it('leaves the reports of other enforcers alone when it is told to', async () => {
  const settings = { policyReports: false };
  expect(
    (await feeds({ supplyChain: { kubernetes: settings } })).map(
      ({ id }) => id,
    ),
  ).toEqual(['kubernetes']);
});

it('reads its configuration', async () => {
  const settings = {
    clusters: ['production'],
    namespaces: ['shop'],
    pollInterval: { seconds: 30 },
  };
  expect(await feeds({ supplyChain: { kubernetes: settings } })).toHaveLength(
    2,
  );
});

it('refuses a configuration it cannot read', async () => {
  await expect(
    feeds({ supplyChain: { kubernetes: { pollInterval: 'often' } } }),
  ).rejects.toThrow(/pollInterval/);
});
