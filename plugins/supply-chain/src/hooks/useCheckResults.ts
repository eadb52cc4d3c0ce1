import {
  CompoundEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import {
  exportedImageName,
  schema,
  supplyChainReadPermission,
} from 'backstage-plugin-supply-chain-common';
import {
  EntityCheckQuery,
  EntityChecksExportQuery,
  ImageAddress,
  supplyChainApiRef,
} from '../api';
import { CHECK_SEVERITIES } from '../ui/checkSeverities';
import { RemoteState } from '../ui/remoteState';
import { Export, useExport } from './useExport';
import { useLiveReload } from './useLiveReload';
import { useRemote } from './useRemote';
import { useUrlState } from './useUrlState';

/** Whose workloads are checked. */
export type CheckSubject =
  | { entity: CompoundEntityRef }
  | { image: ImageAddress };

/** What is looked for among the results of checks. */
export type CheckFilter = {
  severity?: schema.CheckSeverity;
  search?: string;
};

/** The parameters of the filters: beside those of other lists on the page. */
export const CHECK_FILTER_PARAMETERS = {
  severity: 'checkSeverity',
  search: 'checkSearch',
} as const;

/**
 * What is looked for among the results of checks, as the address says.
 */
export function useCheckFilter(): CheckFilter {
  const { get } = useUrlState();
  const { severity, search } = CHECK_FILTER_PARAMETERS;
  return {
    severity: CHECK_SEVERITIES.find(each => each === get(severity)),
    search: get(search),
  };
}

function nameOf(of: CheckSubject): string {
  return 'entity' in of
    ? stringifyEntityRef(of.entity)
    : `${of.image.repository}@${of.image.digest}`;
}

/**
 * One page of what was checked of the workloads, kept up to date.
 */
export function useCheckResults(
  of: CheckSubject,
  query: Omit<EntityCheckQuery, 'entity'>,
): RemoteState<schema.CheckResultPage> {
  const api = useApi(supplyChainApiRef);
  const state = useRemote({
    scope: nameOf(of),
    key: JSON.stringify([nameOf(of), query]),
    load: () =>
      'entity' in of
        ? api.getEntityChecks({ entity: of.entity, ...query })
        : api.getImageChecks({ ...of.image, ...query }),
    permission: supplyChainReadPermission.name,
  });
  useLiveReload(state.reload);
  return state;
}

/**
 * Exports every result the filters leave, of all topics.
 */
export function useCheckResultsExport(
  of: CheckSubject,
  query: Omit<EntityChecksExportQuery, 'entity'>,
): Export {
  return useExport(
    'entity' in of
      ? {
          of: [of.entity.namespace, of.entity.name, 'checks'],
          read: (api, format) =>
            api.entityChecks({ entity: of.entity, ...query }, format),
        }
      : {
          of: ['image', exportedImageName(of.image.digest), 'checks'],
          read: (api, format) =>
            api.imageChecks({ ...of.image, ...query }, format),
        },
  );
}
