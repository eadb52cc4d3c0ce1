import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { readRegistryConfig, RegistryClient } from '../registry';
import { MetricsRegistryTracker } from './MetricsRegistryTracker';

/**
 * The one registry client of the plugin: its modules share limits, tokens and what a registry asked to wait for.
 *
 * @public
 */
export const supplyChainRegistryServiceRef = createServiceRef<RegistryClient>({
  id: 'supply-chain.registry',
  scope: 'plugin',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        config: coreServices.rootConfig,
        lifecycle: coreServices.lifecycle,
        metrics: metricsServiceRef,
      },
      factory({ config, lifecycle, metrics }) {
        const client = RegistryClient.create({
          ...readRegistryConfig(config),
          tracker: MetricsRegistryTracker.create({ metrics }),
        });
        lifecycle.addShutdownHook(() => client.close());
        return client;
      },
    }),
});
