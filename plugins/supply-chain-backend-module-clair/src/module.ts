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
import { ClairNotifier } from './notifier/ClairNotifier';
import { ClairReceiver } from './notifier/ClairReceiver';
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
        if (!settings) {
          return;
        }
        const client = ClairClient.create({ settings, registry });
        lifecycle.addShutdownHook(() => client.close());
        const { notifier: url, psk } = settings;
        const notifier = url ? ClairNotifier.create({ url, psk }) : undefined;
        if (notifier) {
          lifecycle.addShutdownHook(() => notifier.close());
          evidence.addNotificationReceiver(ClairReceiver.create({ psk }));
        }
        evidence.addEvidenceFeed(
          ClairFeed.create({ settings, client, notifier }),
        );
      },
    });
  },
});
