import { ServicesExportQuery } from '../api';
import { Export, useExport } from './useExport';

/**
 * Exports every service the filters leave, not only the page that is shown.
 */
export function useOverviewExport(query: ServicesExportQuery): Export {
  return useExport({
    of: ['services'],
    read: (api, format) => api.services(query, format),
  });
}
