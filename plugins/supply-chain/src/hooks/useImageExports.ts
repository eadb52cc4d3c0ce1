import { exportedImageName } from 'backstage-plugin-supply-chain-common';
import {
  ComparisonExportQuery,
  EntityImagesExportQuery,
  ImageVulnerabilitiesExportQuery,
} from '../api';
import { Export, useExport } from './useExport';

/**
 * Exports every vulnerability of an image that the filters leave, however it is grouped.
 */
export function useImageVulnerabilitiesExport(
  query: ImageVulnerabilitiesExportQuery,
): Export {
  return useExport({
    of: ['image', exportedImageName(query.digest), 'vulnerabilities'],
    read: (api, format) => api.imageVulnerabilities(query, format),
  });
}

/**
 * Exports every finding of two images that the filters leave, not only the page that is shown.
 */
export function useComparisonExport(query: ComparisonExportQuery): Export {
  return useExport({
    of: ['comparison'],
    read: (api, format) => api.comparison(query, format),
  });
}

/**
 * Exports the images of a service that the filters leave.
 */
export function useEntityImagesExport(query: EntityImagesExportQuery): Export {
  const { namespace, name } = query.entity;
  return useExport({
    of: [namespace, name],
    read: (api, format) => api.entityImages(query, format),
  });
}
