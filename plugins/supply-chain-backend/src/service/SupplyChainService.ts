import {
  CheckResultFilter,
  FindingGrouping,
  Outcome,
  schema,
  Severity,
} from 'backstage-plugin-supply-chain-common';
import { ServiceFilter } from '../database/operations/overview/servicesQuery';
import { VerifiedImageFilter } from '../database/operations/trustRoots/listVerifiedImages';
import { ServiceOrder } from '../database/operations/overview/listServices';
import { VulnerabilityFilter } from '../database/operations/vulnerabilities/listVulnerabilities';
import { VisibleEntities } from '../permissions/VisibleEntities';

/** An entity somebody asks about. */
export type EntityRequest<Caller> = {
  caller: Caller;
  /** Full entity ref, lower case. */
  ref: string;
};

/** An entity, and of which entities to tell the secrets that were found. */
export type EntityReportRequest<Caller> = EntityRequest<Caller> & {
  /** Decided by the authorisation. Absent: of none. */
  secrets?: VisibleEntities;
};

/** An image somebody asks about. */
export type ImageRequest<Caller> = {
  caller: Caller;
  /** Normalised. */
  repository: string;
  digest: string;
};

/** An image, and how much of policies and trust roots to tell with it. */
export type ImageReportRequest<Caller> = ImageRequest<Caller> & {
  /** Decided by the authorisation: the match of a policy may name what the caller must not see. */
  explain?: boolean;
  /** Decided by the authorisation: whether to say what of a trust root made the signature count. */
  trust?: boolean;
  /** Decided by the authorisation: of which entities to tell the secrets that were found. Absent: of none. */
  secrets?: VisibleEntities;
};

/** Which part of a list. */
export type Page = { offset: number; limit: number };

/** Which vulnerabilities of an image. */
export type VulnerabilityRequest<Caller> = ImageRequest<Caller> & {
  page: Page;
  /** Part of an id, a package name or a title. */
  search?: string;
  severity?: Severity;
  fixable?: boolean;
  /** Whether it is known to be exploited. */
  exploited?: boolean;
};

/** Which vulnerabilities of an image, and what they are put together by. */
export type VulnerabilityGroupsRequest<Caller> =
  VulnerabilityRequest<Caller> & { by: FindingGrouping };

/** In which order compared findings stand. */
export type ComparisonSort = NonNullable<
  schema.GetImageComparison['query']['sort']
>;

/** Which components of an image. */
export type ComponentRequest<Caller> = ImageRequest<Caller> & {
  page: Page;
  /** Part of a name, version, package URL or licence. */
  search?: string;
};

/** Two images, and which of their vulnerabilities. */
export type ComparisonRequest<Caller> = Omit<
  VulnerabilityRequest<Caller>,
  'repository' | 'digest'
> & {
  image: { repository: string; digest: string };
  /** Taken for the earlier one. */
  other: { repository: string; digest: string };
  change?: schema.FindingChange;
  sort: ComparisonSort;
};

/** Which vulnerabilities of everything that runs. */
export type VulnerabilitiesRequest<Caller> = {
  caller: Caller;
  filter: VulnerabilityFilter;
  /** Only in images of services of these. */
  owners?: string[];
  page: Page;
};

/** Which places of a vulnerability. */
export type VulnerabilityPlacesRequest<Caller> = {
  caller: Caller;
  /** Any name of it. */
  id: string;
  /** Only images of services of these. */
  owners?: string[];
  page: Page;
};

/** Which results of checks of the workloads of an entity. */
export type EntityChecksRequest<Caller> = EntityReportRequest<Caller> & {
  filter: CheckResultFilter;
  page: Page;
};

/** Which results of checks of the workloads that run an image. */
export type ImageChecksRequest<Caller> = ImageRequest<Caller> & {
  /** Decided by the authorisation. Absent: of none. */
  secrets?: VisibleEntities;
  filter: CheckResultFilter;
  page: Page;
};

/** Which changes of an image. */
export type HistoryRequest<Caller> = ImageRequest<Caller> & { page: Page };

/** What a policy, or one of its rules, comes to. */
export type PolicyQuestion = {
  /** Name of the policy. */
  policy: string;
  /** Id of the rule; absent: the policy as a whole. */
  rule?: string;
  outcome?: Outcome;
};

/** Which services. */
export type OverviewRequest<Caller> = {
  caller: Caller;
  filter: Omit<ServiceFilter, 'policy'>;
  /** Only services that a policy covers. */
  under?: PolicyQuestion;
  order: ServiceOrder;
  page: Page;
};

/** Which workloads of no entity. */
export type UnlinkedRequest<Caller> = { caller: Caller; page: Page };

/** Which facts. */
export type FactsRequest<Caller> = {
  caller: Caller;
  /** The `next` of the page before. */
  after?: string;
  /** Running images. */
  limit: number;
};

/** Which images of a trust root. */
export type TrustRootImagesRequest<Caller> = {
  caller: Caller;
  /** Name of the trust root. */
  trustRoot: string;
  only?: VerifiedImageFilter;
  page: Page;
};

/**
 * Everything the API answers. `Caller` is the caller's credentials at the edge and, behind the authorisation, what
 * that caller may see: an answer holds nothing else, neither by name nor in a count (L33). What a caller may not see
 * is a `NotFoundError`, the same one as for what does not exist.
 */
export interface SupplyChainService<Caller> {
  getEntity(request: EntityReportRequest<Caller>): Promise<schema.EntityReport>;
  listEntityChecks(
    request: EntityChecksRequest<Caller>,
  ): Promise<schema.CheckResultPage>;
  /** Queues fresh looks at what runs for the entity; a `ConflictError` when there is nothing to look at. */
  recheckEntity(request: EntityRequest<Caller>): Promise<schema.RecheckTicket>;
  getImage(request: ImageReportRequest<Caller>): Promise<schema.ImageReport>;
  listImageChecks(
    request: ImageChecksRequest<Caller>,
  ): Promise<schema.CheckResultPage>;
  listVulnerabilities(
    request: VulnerabilityRequest<Caller>,
  ): Promise<schema.VulnerabilityPage>;
  groupVulnerabilities(
    request: VulnerabilityGroupsRequest<Caller>,
  ): Promise<schema.VulnerabilityGroupPage>;
  listComponents(
    request: ComponentRequest<Caller>,
  ): Promise<schema.ImageComponentPage>;
  listAllVulnerabilities(
    request: VulnerabilitiesRequest<Caller>,
  ): Promise<schema.VulnerabilityOverview>;
  getVulnerability(
    request: VulnerabilityPlacesRequest<Caller>,
  ): Promise<schema.VulnerabilityReport>;
  compareImages(
    request: ComparisonRequest<Caller>,
  ): Promise<schema.ImageComparison>;
  listComparisonCandidates(
    request: ImageRequest<Caller>,
  ): Promise<schema.ComparisonCandidates>;
  listHistory(request: HistoryRequest<Caller>): Promise<schema.HistoryPage>;
  getOverview(request: OverviewRequest<Caller>): Promise<schema.Overview>;
  listUnlinked(request: UnlinkedRequest<Caller>): Promise<schema.UnlinkedPage>;
  getSources(request: { caller: Caller }): Promise<schema.SourceHealth>;
  listPolicies(request: { caller: Caller }): Promise<schema.PolicyList>;
  /** What policies are evaluated on, for other policies to be tried on. */
  listFacts(request: FactsRequest<Caller>): Promise<schema.FactsPage>;
  listTrustRoots(request: { caller: Caller }): Promise<schema.TrustRootList>;
  listTrustRootImages(
    request: TrustRootImagesRequest<Caller>,
  ): Promise<schema.TrustRootImagePage>;
}
