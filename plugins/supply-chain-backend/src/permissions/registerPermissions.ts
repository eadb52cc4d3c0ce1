import { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import {
  isResourcePermission,
  Permission,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  RESOURCE_TYPE_SUPPLY_CHAIN_ENTITY,
  supplyChainPermissions,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { readEntityColumns } from '../database/operations/entities/readEntityColumns';
import { entityRules, supplyChainEntityResourceRef } from './entityRules';

/** Options of {@link registerPermissions}. */
export type RegisterPermissionsOptions = {
  permissionsRegistry: PermissionsRegistryService;
  knex: Knex;
};

function isEntityBound(
  permission: Permission,
): permission is ResourcePermission<'supply-chain-entity'> {
  return isResourcePermission(permission, RESOURCE_TYPE_SUPPLY_CHAIN_ENTITY);
}

/** Makes the permissions, the resource type and its rules known to the permission system. */
export function registerPermissions(options: RegisterPermissionsOptions): void {
  const { permissionsRegistry, knex } = options;
  permissionsRegistry.addResourceType({
    resourceRef: supplyChainEntityResourceRef,
    permissions: supplyChainPermissions.filter(isEntityBound),
    rules: Object.values(entityRules),
    getResources: async refs => {
      const found = await readEntityColumns({
        knex,
        refs: refs.map(ref => ref.toLocaleLowerCase('en-US')),
      });
      return refs.map(ref => found.get(ref.toLocaleLowerCase('en-US')));
    },
  });
  permissionsRegistry.addPermissions(
    supplyChainPermissions.filter(permission => !isEntityBound(permission)),
  );
}
