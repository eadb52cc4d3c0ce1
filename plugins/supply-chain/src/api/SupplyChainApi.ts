import { createApiRef } from '@backstage/core-plugin-api';
import { CompoundEntityRef } from '@backstage/catalog-model';
import { FindingGrouping, schema } from 'backstage-plugin-supply-chain-common';
import { ClusterApi } from './ClusterApi';
import { ExportApi } from './ExportApi';
import { WaiverApi } from './WaiverApi';

/**
 * An image in one repository.
 *
 * @public
 */
export type ImageAddress = {
  /** Normalised repository, for instance `docker.io/library/nginx`. */
  repository: string;
  /** `sha256:` and 64 hex digits. */
  digest: string;
};

/**
 * A slice of a list.
 *
 * @public
 */
export type PageQuery = {
  /** Rows to skip. */
  offset: number;
  /** Rows to return, 1 to 250. */
  limit: number;
};

/**
 * Which vulnerabilities of an image.
 *
 * @public
 */
export type VulnerabilityQuery = ImageAddress &
  PageQuery & {
    search?: string;
    severity?: schema.Severity;
    /** Only those with a fix, or only those without one. */
    fixable?: boolean;
    /** Only those that are known to be exploited, or only the others. */
    exploited?: boolean;
  };

/**
 * Which vulnerabilities of an image, and what they are put together by.
 *
 * @public
 */
export type VulnerabilityGroupQuery = VulnerabilityQuery & {
  by: FindingGrouping;
};

/**
 * Which results of the checks of an entity's workloads.
 *
 * @public
 */
export type EntityCheckQuery = schema.GetEntityChecks['query'] & {
  entity: CompoundEntityRef;
};

/**
 * Which results of the checks of the workloads that run an image.
 *
 * @public
 */
export type ImageCheckQuery = schema.GetImageChecks['query'] & {
  digest: string;
};

/**
 * Which components of an image.
 *
 * @public
 */
export type ComponentQuery = ImageAddress &
  PageQuery & {
    /** Part of a name, version, package URL or licence. */
    search?: string;
  };

/**
 * An image, the one to compare it with, and which of their findings.
 *
 * @public
 */
export type ComparisonQuery = schema.GetImageComparison['query'] & {
  digest: string;
};

/**
 * Which vulnerabilities of everything that runs.
 *
 * @public
 */
export type VulnerabilityListQuery = schema.GetVulnerabilities['query'];

/**
 * Which places of one vulnerability.
 *
 * @public
 */
export type VulnerablePlacesQuery = schema.GetVulnerability['query'] & {
  /** Any name of it, for instance `CVE-2026-1000`. */
  id: string;
};

/**
 * Which services of the overview.
 *
 * @public
 */
export type OverviewQuery = schema.GetOverview['query'];

/**
 * Images that have nothing else to stand on.
 *
 * @public
 */
export type TrustRootImageFilter = NonNullable<
  schema.GetTrustRootImages['query']['only']
>;

/**
 * Which images of a trust root.
 *
 * @public
 */
export type TrustRootImagesQuery = PageQuery & {
  /** Name of the trust root. */
  trustRoot: string;
  only?: TrustRootImageFilter;
};

/**
 * What the pages ask the backend. Every method rejects with a `ResponseError` when the answer is not a success.
 *
 * @public
 */
export interface SupplyChainApi {
  /** What is asked about waivers. */
  readonly waivers: WaiverApi;
  /** What is asked about clusters as a whole. */
  readonly clusters: ClusterApi;
  /** The rows of the pages as files. */
  readonly exports: ExportApi;
  getEntity(entity: CompoundEntityRef): Promise<schema.EntityReport>;
  recheckEntity(entity: CompoundEntityRef): Promise<schema.RecheckTicket>;
  getEntityChecks(query: EntityCheckQuery): Promise<schema.CheckResultPage>;
  getImage(image: ImageAddress): Promise<schema.ImageReport>;
  getImageChecks(query: ImageCheckQuery): Promise<schema.CheckResultPage>;
  getImageVulnerabilities(
    query: VulnerabilityQuery,
  ): Promise<schema.VulnerabilityPage>;
  getImageVulnerabilityGroups(
    query: VulnerabilityGroupQuery,
  ): Promise<schema.VulnerabilityGroupPage>;
  getImageComponents(query: ComponentQuery): Promise<schema.ImageComponentPage>;
  getImageComparison(query: ComparisonQuery): Promise<schema.ImageComparison>;
  getComparisonCandidates(
    image: ImageAddress,
  ): Promise<schema.ComparisonCandidates>;
  getVulnerabilities(
    query: VulnerabilityListQuery,
  ): Promise<schema.VulnerabilityOverview>;
  /** One that runs nowhere has no places. */
  getVulnerability(
    query: VulnerablePlacesQuery,
  ): Promise<schema.VulnerabilityReport>;
  getImageHistory(query: ImageAddress & PageQuery): Promise<schema.HistoryPage>;
  getOverview(query: OverviewQuery): Promise<schema.Overview>;
  getUnlinked(query: PageQuery): Promise<schema.UnlinkedPage>;
  getSources(): Promise<schema.SourceHealth>;
  getPolicies(): Promise<schema.PolicyList>;
  getTrustRoots(): Promise<schema.TrustRootList>;
  getTrustRootImages(
    query: TrustRootImagesQuery,
  ): Promise<schema.TrustRootImagePage>;
}

/**
 * Reference of {@link SupplyChainApi}.
 *
 * @public
 */
export const supplyChainApiRef = createApiRef<SupplyChainApi>({
  id: 'plugin.supply-chain.service',
});
