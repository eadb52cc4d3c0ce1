import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { VisibilityResolver } from '../../permissions/VisibilityResolver';
import { AuthorizedExportService } from './AuthorizedExportService';
import {
  DefaultExportService,
  DefaultExportServiceOptions,
} from './DefaultExportService';
import { ExportService } from './ExportService';

/** Options of {@link createExportService}. */
export type CreateExportServiceOptions = DefaultExportServiceOptions & {
  permissions: PermissionsService;
  catalog: CatalogService;
};

/** Exports as routes use them: they hold only what the caller may see. */
export function createExportService(
  options: CreateExportServiceOptions,
): ExportService<BackstageCredentials> {
  const { permissions, catalog, now } = options;
  return AuthorizedExportService.create({
    service: DefaultExportService.create(options),
    visibility: VisibilityResolver.create({
      permissions,
      catalog,
      nowMs: () => now().getTime(),
    }),
  });
}
