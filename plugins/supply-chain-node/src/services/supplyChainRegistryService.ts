import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { readRegistryConfig, RegistryClient } from '../registry';

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
      },
      factory({ config, lifecycle }) {
        const client = RegistryClient.create(readRegistryConfig(config));
        lifecycle.addShutdownHook(() => client.close());
        return client;
      },
    }),
});
