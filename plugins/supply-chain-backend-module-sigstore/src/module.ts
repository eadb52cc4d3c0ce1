import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  supplyChainEvidenceExtensionPoint,
  supplyChainRegistryServiceRef,
} from 'backstage-plugin-supply-chain-node';
import { SigstoreCollector } from './SigstoreCollector';

/**
 * Adds cosign signatures to the evidence of Supply Chain Security for Backstage.
 *
 * @public
 */
export const supplyChainModuleSigstore = createBackendModule({
  pluginId: 'supply-chain',
  moduleId: 'sigstore',
  register(reg) {
    reg.registerInit({
      deps: {
        evidence: supplyChainEvidenceExtensionPoint,
        registry: supplyChainRegistryServiceRef,
      },
      async init({ evidence, registry }) {
        evidence.addCollector(SigstoreCollector.create({ registry }));
      },
    });
  },
});
