import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { supplyChainEvidenceExtensionPoint } from 'backstage-plugin-supply-chain-node';
import { createClusterTransport } from 'backstage-plugin-supply-chain-node/clusters';
import { OPERATOR_RESOURCES } from './checks/operatorReports';
import { TRIVY_CHECKS_FEED_ID } from './checks/parseCheckReport';
import { TrivyChecksFeed } from './checks/TrivyChecksFeed';
import { SBOM_RESOURCES, TRIVY_SBOM_FEED_ID } from './parseSbomReport';
import { TRIVY_FEED_ID } from './parseVulnerabilityReport';
import {
  readsChecks,
  readsSboms,
  readTrivySelection,
} from './readTrivySelection';
import { TrivyFeed } from './TrivyFeed';
import { TrivySbomFeed } from './TrivySbomFeed';
import { readWebhookToken } from './webhook/readWebhookToken';
import { TrivyOperatorReceiver } from './webhook/TrivyOperatorReceiver';

/**
 * Trivy Operator's reports from the clusters of the portal, and what the operator pushes.
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
          transport: createClusterTransport({ config, auth, discovery }),
          selection: readTrivySelection(config),
        };
        evidence.addEvidenceFeed(TrivyFeed.create(options));
        if (readsChecks(config)) {
          evidence.addPolicyReportFeed(TrivyChecksFeed.create(options));
        }
        if (readsSboms(config)) {
          evidence.addSbomFeed(TrivySbomFeed.create(options));
        }
        const token = readWebhookToken(config);
        if (token) {
          evidence.addNotificationReceiver(
            TrivyOperatorReceiver.create({
              token,
              readBy: [
                { feed: TRIVY_FEED_ID, resources: ['vulnerabilityreports'] },
                { feed: TRIVY_CHECKS_FEED_ID, resources: OPERATOR_RESOURCES },
                { feed: TRIVY_SBOM_FEED_ID, resources: SBOM_RESOURCES },
              ],
            }),
          );
        }
      },
    });
  },
});
