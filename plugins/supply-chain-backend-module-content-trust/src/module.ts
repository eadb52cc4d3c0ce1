import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  supplyChainEvidenceExtensionPoint,
  supplyChainRegistryServiceRef,
} from 'backstage-plugin-supply-chain-node';
import { ContentTrustCollector } from './ContentTrustCollector';

/**
 * Adds Docker Content Trust to the evidence of Supply Chain Security for Backstage.
 *
 * @public
 */
export const supplyChainModuleContentTrust = createBackendModule({
  pluginId: 'supply-chain',
  moduleId: 'content-trust',
  register(reg) {
    reg.registerInit({
      deps: {
        evidence: supplyChainEvidenceExtensionPoint,
        registry: supplyChainRegistryServiceRef,
      },
      async init({ evidence, registry }) {
        evidence.addCollector(ContentTrustCollector.create({ registry }));
      },
    });
  },
});
