import {
  createPermission,
  ResourcePermission,
} from '@backstage/plugin-permission-common';

/**
 * The resource type of every entity-bound permission: an entity as this plugin knows it.
 *
 * @public
 */
export const RESOURCE_TYPE_SUPPLY_CHAIN_ENTITY = 'supply-chain-entity';

/**
 * Read verdicts and evidence of an entity. Needs `catalog.entity.read` on it as well.
 *
 * @public
 */
export const supplyChainReadPermission: ResourcePermission<'supply-chain-entity'> =
  createPermission({
    name: 'supply-chain.read',
    attributes: { action: 'read' },
    resourceType: RESOURCE_TYPE_SUPPLY_CHAIN_ENTITY,
  });

/**
 * Ask for a fresh look at an entity's images.
 *
 * @public
 */
export const supplyChainRecheckPermission: ResourcePermission<'supply-chain-entity'> =
  createPermission({
    name: 'supply-chain.recheck',
    attributes: { action: 'update' },
    resourceType: RESOURCE_TYPE_SUPPLY_CHAIN_ENTITY,
  });

/**
 * Export what `supply-chain.read` shows.
 *
 * @public
 */
export const supplyChainExportPermission = createPermission({
  name: 'supply-chain.export',
  attributes: { action: 'read' },
});

/**
 * See workloads that belong to no entity.
 *
 * @public
 */
export const supplyChainUnlinkedReadPermission = createPermission({
  name: 'supply-chain.unlinked.read',
  attributes: { action: 'read' },
});

/**
 * See clusters, registries, scanners and policy files with their state.
 *
 * @public
 */
export const supplyChainSourcesReadPermission = createPermission({
  name: 'supply-chain.sources.read',
  attributes: { action: 'read' },
});

/**
 * Every permission of this plugin.
 *
 * @public
 */
export const supplyChainPermissions = [
  supplyChainReadPermission,
  supplyChainRecheckPermission,
  supplyChainExportPermission,
  supplyChainUnlinkedReadPermission,
  supplyChainSourcesReadPermission,
];
