import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  supplyChainEvidenceExtensionPoint,
  supplyChainRegistryServiceRef,
} from 'backstage-plugin-supply-chain-node';
import { NotationCollector } from './NotationCollector';

/**
 * Adds signatures of the Notary Project to the evidence of Supply Chain Security for Backstage.
 *
 * @public
 */
export const supplyChainModuleNotation = createBackendModule({
  pluginId: 'supply-chain',
  moduleId: 'notation',
  register(reg) {
    reg.registerInit({
      deps: {
        evidence: supplyChainEvidenceExtensionPoint,
        registry: supplyChainRegistryServiceRef,
      },
      async init({ evidence, registry }) {
        evidence.addCollector(NotationCollector.create({ registry }));
      },
    });
  },
});
