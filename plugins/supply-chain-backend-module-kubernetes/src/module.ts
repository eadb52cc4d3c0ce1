import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { supplyChainInventoryExtensionPoint } from 'backstage-plugin-supply-chain-node';
import { KubernetesPluginTransport } from 'backstage-plugin-supply-chain-node/clusters';
import { readClusterSelection } from './clusterSelection';
import { KubernetesInventoryFeed } from './KubernetesInventoryFeed';

/**
 * Inventory of running images from the clusters of the Kubernetes plugin.
 *
 * @public
 */
export const supplyChainModuleKubernetes = createBackendModule({
  pluginId: 'supply-chain',
  moduleId: 'kubernetes',
  register(reg) {
    reg.registerInit({
      deps: {
        inventory: supplyChainInventoryExtensionPoint,
        config: coreServices.rootConfig,
        auth: coreServices.auth,
        discovery: coreServices.discovery,
      },
      async init({ inventory, config, auth, discovery }) {
        inventory.addInventoryFeed(
          KubernetesInventoryFeed.create({
            transport: KubernetesPluginTransport.create({ auth, discovery }),
            selection: readClusterSelection(config),
          }),
        );
      },
    });
  },
});
