import { ReactElement } from 'react';
import { Entity } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import { identityApiRef } from '@backstage/core-plugin-api';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { SupplyChainApi, supplyChainApiRef } from '../api';
import { rootRouteRef } from '../routes';
import { comparisonCandidates, imageComparison } from './comparisonReports';
import { policyList } from './policyReports';
import { trustRootImages, trustRootList } from './trustReports';
import { imageComponents } from './contentReports';
import { entityReport, imageReport, overviewReport } from './reports';
import {
  vulnerabilityOverview,
  vulnerabilityReport,
} from './vulnerabilityReports';
import { fakeClusterApi } from './clusterReports';
import { fakeExportApi } from './exportFiles';
import { fakeWaiverApi } from './waiverReports';

export const COMPONENT: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'payments-api', namespace: 'default' },
  spec: { type: 'service', owner: 'team-payments', lifecycle: 'production' },
};

/** An API that answers with good data unless told otherwise. */
export function fakeApi(
  changes: Partial<SupplyChainApi> = {},
): jest.Mocked<SupplyChainApi> {
  return {
    getEntity: jest.fn(async () => entityReport()),
    recheckEntity: jest.fn(async () => ({
      queued: 2,
      requestedAt: '2026-11-23T12:00:00Z',
    })),
    getEntityChecks: jest.fn(async () => ({ total: 0, items: [] })),
    getImage: jest.fn(async () => imageReport()),
    getImageChecks: jest.fn(async () => ({ total: 0, items: [] })),
    getImageVulnerabilities: jest.fn(async () => ({ total: 0, items: [] })),
    getImageVulnerabilityGroups: jest.fn(async () => ({
      total: 0,
      findings: 0,
      items: [],
      exploitData: {},
    })),
    getImageComponents: jest.fn(async () => imageComponents()),
    getImageComparison: jest.fn(async () => imageComparison()),
    getComparisonCandidates: jest.fn(async () => comparisonCandidates()),
    getVulnerabilities: jest.fn(async () => vulnerabilityOverview()),
    getVulnerability: jest.fn(async () => vulnerabilityReport()),
    getImageHistory: jest.fn(async () => ({ total: 0, items: [] })),
    getOverview: jest.fn(async () => overviewReport()),
    getUnlinked: jest.fn(async () => ({ total: 0, items: [], sandbox: false })),
    getSources: jest.fn(async () => ({
      sources: [],
      queue: { due: 0, underWay: 0 },
      sandbox: false,
    })),
    getPolicies: jest.fn(async () => policyList()),
    getTrustRoots: jest.fn(async () => trustRootList()),
    getTrustRootImages: jest.fn(async () => trustRootImages()),
    waivers: fakeWaiverApi(),
    clusters: fakeClusterApi(),
    exports: fakeExportApi(),
    ...changes,
  } as jest.Mocked<SupplyChainApi>;
}

/** The error of an answer with this status. */
export async function responseError(status: number, message: string) {
  return ResponseError.fromResponse(
    new Response(
      JSON.stringify({
        error: { name: 'Error', message },
        response: { statusCode: status },
      }),
      { status, headers: { 'content-type': 'application/json' } },
    ),
  );
}

/** Renders in an app of the old system, where the pages of this plugin and of the catalog have addresses. */
export async function renderPage(
  element: ReactElement,
  options: {
    api?: SupplyChainApi;
    entity?: Entity;
    path?: string;
    denied?: string[];
    owns?: string[];
  } = {},
) {
  const {
    api = fakeApi(),
    entity = COMPONENT,
    path = '/',
    denied = [],
    owns = ['user:default/guest', 'group:default/team-payments'],
  } = options;
  return renderInTestApp(
    <TestApiProvider
      apis={[
        [supplyChainApiRef, api],
        [
          permissionApiRef,
          mockApis.permission({
            authorize: request =>
              denied.includes(request.permission.name)
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
          }),
        ],
        [
          identityApiRef,
          mockApis.identity({
            userEntityRef: 'user:default/guest',
            ownershipEntityRefs: owns,
          }),
        ],
      ]}
    >
      <EntityProvider entity={entity}>{element}</EntityProvider>
    </TestApiProvider>,
    {
      routeEntries: [path],
      mountedRoutes: {
        '/supply-chain': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
}
