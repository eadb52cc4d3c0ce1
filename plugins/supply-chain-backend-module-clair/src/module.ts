import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  supplyChainEvidenceExtensionPoint,
  supplyChainRegistryServiceRef,
} from 'backstage-plugin-supply-chain-node';
import { ClairClient } from './ClairClient';
import { ClairFeed } from './ClairFeed';
import { readClairSettings } from './readClairSettings';

/**
 * Scans of Clair v4, where it is configured.
 *
 * @public
 */
export const supplyChainModuleClair = createBackendModule({
  pluginId: 'supply-chain',
  moduleId: 'clair',
  register(reg) {
    reg.registerInit({
      deps: {
        evidence: supplyChainEvidenceExtensionPoint,
        registry: supplyChainRegistryServiceRef,
        config: coreServices.rootConfig,
        lifecycle: coreServices.lifecycle,
      },
      async init({ evidence, registry, config, lifecycle }) {
        const settings = readClairSettings(config);
        if (settings) {
          const client = ClairClient.create({ settings, registry });
          lifecycle.addShutdownHook(() => client.close());
          evidence.addEvidenceFeed(ClairFeed.create({ settings, client }));
        }
      },
    });
  },
});
