import { createBackendModule } from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { createAddCheckAction } from './actions/createAddCheckAction';

/**
 * The action `supply-chain:ci:add` of software templates.
 *
 * @public
 */
export const scaffolderModuleSupplyChain = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'supply-chain',
  register(reg) {
    reg.registerInit({
      deps: { actions: scaffolderActionsExtensionPoint },
      async init({ actions }) {
        actions.addActions(createAddCheckAction());
      },
    });
  },
});
