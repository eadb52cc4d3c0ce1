import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { VisibilityResolver } from '../permissions/VisibilityResolver';
import { AuthorizedSupplyChainService } from './AuthorizedSupplyChainService';
import {
  DefaultSupplyChainService,
  DefaultSupplyChainServiceOptions,
} from './DefaultSupplyChainService';
import { SupplyChainService } from './SupplyChainService';

/** Options of {@link createSupplyChainService}. */
export type SupplyChainServiceOptions = DefaultSupplyChainServiceOptions & {
  permissions: PermissionsService;
  catalog: CatalogService;
  /** Reads one entity of the catalog that is not known here yet. */
  refreshEntity?: (ref: string) => Promise<void>;
};

/** The service as routes and actions use it: every answer holds only what the caller may see. */
export function createSupplyChainService(
  options: SupplyChainServiceOptions,
): SupplyChainService<BackstageCredentials> {
  const { permissions, catalog, now, refreshEntity } = options;
  return AuthorizedSupplyChainService.create({
    service: DefaultSupplyChainService.create(options),
    visibility: VisibilityResolver.create({
      permissions,
      catalog,
      nowMs: () => now().getTime(),
    }),
    catalog,
    refreshEntity,
  });
}
