import { schema } from 'backstage-plugin-supply-chain-common';
import { ClusterComponentFilter } from './reports/clusters/readClusterContents';
import { ClusterVulnerabilityFilter } from './reports/clusters/readClusterVulnerabilityPage';
import { ControlFilter } from './reports/clusters/readControlPage';
import { FailingCheckFilter } from './reports/clusters/readFailingCheckPage';
import { Page } from './SupplyChainService';

/** Which of the clusters. */
export type ClusterListRequest<Caller> = { caller: Caller; page: Page };

/** A cluster somebody asks about. */
export type ClusterRequest<Caller> = { caller: Caller; cluster: string };

/** Which part of a list of a cluster. */
export type ClusterPageRequest<Caller, Filter> = ClusterRequest<Caller> & {
  filter: Filter;
  page: Page;
};

/** Which objects of a cluster. */
export type CheckedObjectsRequest<Caller> = ClusterRequest<Caller> & {
  topic: schema.ClusterCheckTopicName;
  /** Id of the check. */
  check: string;
  page: Page;
};

/**
 * What the API answers about clusters as a whole. It belongs to no entity: whoever asks needs
 * `supply-chain.unlinked.read` (L33). `Caller` is the caller's credentials at the edge and, behind the authorisation,
 * what of it that caller may know. A cluster nobody reads is a `NotFoundError`.
 */
export interface ClusterService<Caller> {
  list(request: ClusterListRequest<Caller>): Promise<schema.ClusterList>;
  get(request: ClusterRequest<Caller>): Promise<schema.ClusterReport>;
  listControls(
    request: ClusterPageRequest<Caller, ControlFilter>,
  ): Promise<schema.ControlPage>;
  listFailingChecks(
    request: ClusterPageRequest<Caller, FailingCheckFilter>,
  ): Promise<schema.FailingCheckPage>;
  listCheckedObjects(
    request: CheckedObjectsRequest<Caller>,
  ): Promise<schema.CheckedObjectPage>;
  listVulnerabilities(
    request: ClusterPageRequest<Caller, ClusterVulnerabilityFilter>,
  ): Promise<schema.ClusterVulnerabilityPage>;
  listComponents(
    request: ClusterPageRequest<Caller, ClusterComponentFilter>,
  ): Promise<schema.ClusterComponentPage>;
}

/** Who reads of clusters, authorised. */
export type ClusterReader = {
  /** Whether they may know of secrets in whatever images (ADR 0013). */
  secrets: boolean;
};
