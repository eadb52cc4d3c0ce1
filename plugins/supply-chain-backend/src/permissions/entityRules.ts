import { RESOURCE_TYPE_SUPPLY_CHAIN_ENTITY } from 'backstage-plugin-supply-chain-common';
import {
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
// The version and entry that permission-node uses: types of two copies are not compared in any useful time.
import { z } from 'zod/v3';
import { EntityRow } from '../database/tables';

/**
 * One condition on the table of entities: a column has one of some values. All rules translate to it.
 *
 * @public
 */
export type EntityFilter = {
  column: 'kind' | 'namespace' | 'owner' | 'system' | 'lifecycle';
  values: string[];
};

/**
 * The columns rules look at.
 *
 * @public
 */
export type EntityColumns = Pick<EntityRow, EntityFilter['column']>;

/**
 * The resource of entity-bound permissions: an entity as this plugin knows it.
 *
 * @public
 */
export const supplyChainEntityResourceRef = createPermissionResourceRef<
  EntityColumns,
  EntityFilter
>().with({
  pluginId: 'supply-chain',
  resourceType: RESOURCE_TYPE_SUPPLY_CHAIN_ENTITY,
});

// The catalog compares refs, kinds and namespaces without regard to case, and the table holds them in lower case;
// lifecycles are as written.
function filterOf(
  column: EntityFilter['column'],
  values: string[],
): EntityFilter {
  return column === 'lifecycle'
    ? { column, values }
    : {
        column,
        values: values.map(value => value.toLocaleLowerCase('en-US')),
      };
}

function matches(entity: EntityColumns, filter: EntityFilter): boolean {
  return filter.values.includes(entity[filter.column] ?? '');
}

/**
 * Rules for conditional decisions on {@link supplyChainEntityResourceRef}.
 *
 * @public
 */
export const entityRules = {
  isOwner: createPermissionRule({
    name: 'IS_OWNER',
    description: 'Allow entities owned by one of the given claims',
    resourceRef: supplyChainEntityResourceRef,
    paramsSchema: z.object({ claims: z.array(z.string()) }),
    apply: (entity, { claims }) => matches(entity, filterOf('owner', claims)),
    toQuery: ({ claims }) => filterOf('owner', claims),
  }),
  isKind: createPermissionRule({
    name: 'IS_KIND',
    description: 'Allow entities of the given kinds',
    resourceRef: supplyChainEntityResourceRef,
    paramsSchema: z.object({ kinds: z.array(z.string()) }),
    apply: (entity, { kinds }) => matches(entity, filterOf('kind', kinds)),
    toQuery: ({ kinds }) => filterOf('kind', kinds),
  }),
  inNamespace: createPermissionRule({
    name: 'IN_NAMESPACE',
    description: 'Allow entities in the given catalog namespaces',
    resourceRef: supplyChainEntityResourceRef,
    paramsSchema: z.object({ namespaces: z.array(z.string()) }),
    apply: (entity, { namespaces }) =>
      matches(entity, filterOf('namespace', namespaces)),
    toQuery: ({ namespaces }) => filterOf('namespace', namespaces),
  }),
  inSystem: createPermissionRule({
    name: 'IN_SYSTEM',
    description: 'Allow entities that are part of the given systems',
    resourceRef: supplyChainEntityResourceRef,
    paramsSchema: z.object({ systems: z.array(z.string()) }),
    apply: (entity, { systems }) =>
      matches(entity, filterOf('system', systems)),
    toQuery: ({ systems }) => filterOf('system', systems),
  }),
  hasLifecycle: createPermissionRule({
    name: 'HAS_LIFECYCLE',
    description: 'Allow entities with the given lifecycles',
    resourceRef: supplyChainEntityResourceRef,
    paramsSchema: z.object({ lifecycles: z.array(z.string()) }),
    apply: (entity, { lifecycles }) =>
      matches(entity, filterOf('lifecycle', lifecycles)),
    toQuery: ({ lifecycles }) => filterOf('lifecycle', lifecycles),
  }),
};
