import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  InventoryFeed,
  supplyChainInventoryExtensionPoint,
} from 'backstage-plugin-supply-chain-node';
import supplyChainModule from './index';

async function feeds(data: object): Promise<InventoryFeed[]> {
  const added: InventoryFeed[] = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [
        supplyChainInventoryExtensionPoint,
        {
          addInventoryFeed: (...more: InventoryFeed[]) => added.push(...more),
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
  expect((await feeds({})).map(({ id }) => id)).toEqual(['kubernetes']);
});

it('reads its configuration', async () => {
  const settings = {
    clusters: ['production'],
    namespaces: ['shop'],
    pollInterval: { seconds: 30 },
  };
  expect(await feeds({ supplyChain: { kubernetes: settings } })).toHaveLength(
    1,
  );
});

it('refuses a configuration it cannot read', async () => {
  await expect(
    feeds({ supplyChain: { kubernetes: { pollInterval: 'often' } } }),
  ).rejects.toThrow(/pollInterval/);
});
