import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { supplyChainEvidenceExtensionPoint } from 'backstage-plugin-supply-chain-node';
import { KubernetesPluginTransport } from 'backstage-plugin-supply-chain-node/clusters';
import { TrivyChecksFeed } from './checks/TrivyChecksFeed';
import { readsChecks, readTrivySelection } from './readTrivySelection';
import { TrivyFeed } from './TrivyFeed';

/**
 * Trivy Operator's reports from the clusters of the Kubernetes plugin.
 *
 * @public
 */
export const supplyChainModuleTrivy = createBackendModule({
  pluginId: 'supply-chain',
  moduleId: 'trivy',
  register(reg) {
    reg.registerInit({
      deps: {
        evidence: supplyChainEvidenceExtensionPoint,
        config: coreServices.rootConfig,
        auth: coreServices.auth,
        discovery: coreServices.discovery,
      },
      async init({ evidence, config, auth, discovery }) {
        const options = {
          transport: KubernetesPluginTransport.create({ auth, discovery }),
          selection: readTrivySelection(config),
        };
        evidence.addEvidenceFeed(TrivyFeed.create(options));
        if (readsChecks(config)) {
          evidence.addPolicyReportFeed(TrivyChecksFeed.create(options));
        }
      },
    });
  },
});
