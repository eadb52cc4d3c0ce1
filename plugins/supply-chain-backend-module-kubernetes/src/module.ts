import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  supplyChainEvidenceExtensionPoint,
  supplyChainInventoryExtensionPoint,
} from 'backstage-plugin-supply-chain-node';
import { createClusterTransport } from 'backstage-plugin-supply-chain-node/clusters';
import { readClusterSelection, readsPolicyReports } from './clusterSelection';
import { KubernetesInventoryFeed } from './KubernetesInventoryFeed';
import { PolicyReportsFeed } from './policyReports/PolicyReportsFeed';

/**
 * Inventory of running images, and results of other enforcers, from the clusters of the portal.
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
        evidence: supplyChainEvidenceExtensionPoint,
        config: coreServices.rootConfig,
        auth: coreServices.auth,
        discovery: coreServices.discovery,
      },
      async init({ inventory, evidence, config, auth, discovery }) {
        const options = {
          transport: createClusterTransport({ config, auth, discovery }),
          selection: readClusterSelection(config),
        };
        inventory.addInventoryFeed(KubernetesInventoryFeed.create(options));
        if (readsPolicyReports(config)) {
          evidence.addPolicyReportFeed(PolicyReportsFeed.create(options));
        }
      },
    });
  },
});
