import { createServiceFactory } from '@backstage/backend-plugin-api';
import { startTestBackend } from '@backstage/backend-test-utils';
import {
  supplyChainEvidenceExtensionPoint,
  supplyChainRegistryServiceRef,
} from 'backstage-plugin-supply-chain-node';
import { RegistryClient } from 'backstage-plugin-supply-chain-node/registry';
import supplyChainModuleNotation from './index';

describe('the module', () => {
  it('adds its collector', async () => {
    const addCollector = jest.fn();
    await startTestBackend({
      extensionPoints: [
        [
          supplyChainEvidenceExtensionPoint,
          { addCollector, addEvidenceFeed: jest.fn() },
        ],
      ],
      features: [
        supplyChainModuleNotation,
        createServiceFactory({
          service: supplyChainRegistryServiceRef,
          deps: {},
          factory: () => RegistryClient.create(),
        }),
      ],
    });
    expect(addCollector).toHaveBeenCalledWith(
      expect.objectContaining({
        id: 'notation',
        kinds: ['signature'],
      }),
    );
  });

  it('shares the one client that is made from configuration', async () => {
    const addCollector = jest.fn();
    await startTestBackend({
      extensionPoints: [
        [
          supplyChainEvidenceExtensionPoint,
          { addCollector, addEvidenceFeed: jest.fn() },
        ],
      ],
      features: [supplyChainModuleNotation],
    });
    expect(addCollector).toHaveBeenCalledTimes(1);
  });
});
