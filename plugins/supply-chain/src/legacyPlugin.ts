import { Entity } from '@backstage/catalog-model';
import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { supplyChainApiRef, SupplyChainClient } from './api';
import { rootRouteRef } from './routes';

/**
 * The supply chain plugin for the old frontend system.
 *
 * @public
 */
export const supplyChainPlugin = createPlugin({
  id: 'supply-chain',
  apis: [
    createApiFactory({
      api: supplyChainApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: dependencies => SupplyChainClient.create(dependencies),
    }),
  ],
  routes: { root: rootRouteRef },
});

/**
 * Overview, workloads without service, sources and image page. Mount it at `/supply-chain`; tab and
 * cards link to it.
 *
 * @public
 */
export const SupplyChainPage = supplyChainPlugin.provide(
  createRoutableExtension({
    name: 'SupplyChainPage',
    component: () => import('./components/LegacyPage').then(m => m.LegacyPage),
    mountPoint: rootRouteRef,
  }),
);

/**
 * The tab of a component or resource.
 *
 * @public
 */
export const EntitySupplyChainContent = supplyChainPlugin.provide(
  createComponentExtension({
    name: 'EntitySupplyChainContent',
    component: {
      lazy: () => import('./components/EntityTab').then(m => m.EntityTab),
    },
  }),
);

/**
 * The card of a component or resource.
 *
 * @public
 */
export const EntitySupplyChainCard = supplyChainPlugin.provide(
  createComponentExtension({
    name: 'EntitySupplyChainCard',
    component: {
      lazy: () => import('./components/EntityCard').then(m => m.EntityCard),
    },
  }),
);

/**
 * The roll-up card of a system, domain or group.
 *
 * @public
 */
export const EntitySupplyChainRollUpCard = supplyChainPlugin.provide(
  createComponentExtension({
    name: 'EntitySupplyChainRollUpCard',
    component: {
      lazy: () => import('./components/EntityCard').then(m => m.RollUpCard),
    },
  }),
);

const SERVICE_KINDS = ['component', 'resource'];

/**
 * Whether the tab is offered to an entity: to components and resources.
 *
 * @public
 */
export function isSupplyChainAvailable(entity: Entity): boolean {
  return SERVICE_KINDS.includes(entity.kind.toLocaleLowerCase('en-US'));
}
