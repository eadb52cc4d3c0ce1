import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  supplyChainEvidenceExtensionPoint,
  supplyChainRegistryServiceRef,
} from 'backstage-plugin-supply-chain-node';
import { readSignatureRepositories } from './readSignatureRepositories';
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
        config: coreServices.rootConfig,
      },
      async init({ evidence, registry, config }) {
        evidence.addCollector(
          SigstoreCollector.create({
            registry,
            signatureRepositories: readSignatureRepositories(config),
          }),
        );
      },
    });
  },
});
