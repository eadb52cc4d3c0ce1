import {
  coreServices,
  createBackendFeatureLoader,
} from '@backstage/backend-plugin-api';
import supplyChainPlugin from './index';

/**
 * The backend plugin with its modules, for one line in a portal:
 * `backend.add(import('backstage-plugin-supply-chain-backend/bundle'))`.
 * `supplyChain.modules.<name>: false` leaves a module out.
 *
 * @public
 */
export default createBackendFeatureLoader({
  deps: { config: coreServices.rootConfig },
  async *loader({ config }) {
    const isOn = (name: string) =>
      config.getOptionalBoolean(`supplyChain.modules.${name}`) ?? true;
    yield supplyChainPlugin;
    if (isOn('kubernetes')) {
      yield import('backstage-plugin-supply-chain-backend-module-kubernetes');
    }
    if (isOn('sigstore')) {
      yield import('backstage-plugin-supply-chain-backend-module-sigstore');
    }
    if (isOn('contentTrust')) {
      yield import(
        'backstage-plugin-supply-chain-backend-module-content-trust'
      );
    }
    if (isOn('notation')) {
      yield import('backstage-plugin-supply-chain-backend-module-notation');
    }
    if (isOn('trivy')) {
      yield import('backstage-plugin-supply-chain-backend-module-trivy');
    }
    if (isOn('clair') && config.has('supplyChain.clair')) {
      yield import('backstage-plugin-supply-chain-backend-module-clair');
    }
  },
});
