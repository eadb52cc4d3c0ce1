import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { VisibilityResolver } from '../permissions/VisibilityResolver';
import { AuthorizedWaiverService } from './AuthorizedWaiverService';
import {
  DefaultWaiverService,
  DefaultWaiverServiceOptions,
} from './DefaultWaiverService';
import { WaiverService } from './WaiverService';

/** Options of {@link createWaiverService}. */
export type WaiverServiceOptions = DefaultWaiverServiceOptions & {
  permissions: PermissionsService;
  catalog: CatalogService;
  /** Users that anybody can be, by entity ref, beside those Backstage calls guest. */
  guests?: readonly string[];
};

/** Waivers as routes use them: every answer holds only what the caller may see, and does what the caller may do. */
export function createWaiverService(
  options: WaiverServiceOptions,
): WaiverService<BackstageCredentials> {
  const { permissions, catalog, now, guests } = options;
  return AuthorizedWaiverService.create({
    service: DefaultWaiverService.create(options),
    visibility: VisibilityResolver.create({
      permissions,
      catalog,
      nowMs: () => now().getTime(),
    }),
    guests,
  });
}
