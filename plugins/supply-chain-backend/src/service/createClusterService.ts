import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { VisibilityResolver } from '../permissions/VisibilityResolver';
import { AuthorizedClusterService } from './AuthorizedClusterService';
import { ClusterService } from './ClusterService';
import {
  DefaultClusterService,
  DefaultClusterServiceOptions,
} from './DefaultClusterService';

/** Options of {@link createClusterService}. */
export type ClusterServiceOptions = DefaultClusterServiceOptions & {
  permissions: PermissionsService;
  catalog: CatalogService;
  now: () => Date;
};

/** Clusters as routes use them. */
export function createClusterService(
  options: ClusterServiceOptions,
): ClusterService<BackstageCredentials> {
  const { permissions, catalog, now } = options;
  return AuthorizedClusterService.create({
    service: DefaultClusterService.create(options),
    visibility: VisibilityResolver.create({
      permissions,
      catalog,
      nowMs: () => now().getTime(),
    }),
  });
}
