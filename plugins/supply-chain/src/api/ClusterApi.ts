import { schema } from 'backstage-plugin-supply-chain-common';

/**
 * Which of the clusters.
 *
 * @public
 */
export type ClusterListQuery = schema.GetClusters['query'];

/**
 * Which controls of a cluster.
 *
 * @public
 */
export type ControlQuery = schema.GetClusterControls['query'] & {
  cluster: string;
};

/**
 * Which checks that fail on objects of a cluster.
 *
 * @public
 */
export type FailingCheckQuery = schema.GetClusterChecks['query'] & {
  cluster: string;
};

/**
 * Which objects a check fails on.
 *
 * @public
 */
export type CheckedObjectQuery = schema.GetClusterCheckObjects['query'] &
  schema.GetClusterCheckObjects['path'];

/**
 * Which vulnerabilities of the core components of a cluster.
 *
 * @public
 */
export type ClusterVulnerabilityQuery =
  schema.GetClusterVulnerabilities['query'] & { cluster: string };

/**
 * Which components of a cluster.
 *
 * @public
 */
export type ClusterComponentQuery = schema.GetClusterComponents['query'] & {
  cluster: string;
};

/**
 * What the pages ask the backend about clusters as a whole.
 *
 * @public
 */
export interface ClusterApi {
  getClusters(query: ClusterListQuery): Promise<schema.ClusterList>;
  getCluster(cluster: string): Promise<schema.ClusterReport>;
  getControls(query: ControlQuery): Promise<schema.ControlPage>;
  getFailingChecks(query: FailingCheckQuery): Promise<schema.FailingCheckPage>;
  getCheckedObjects(
    query: CheckedObjectQuery,
  ): Promise<schema.CheckedObjectPage>;
  getVulnerabilities(
    query: ClusterVulnerabilityQuery,
  ): Promise<schema.ClusterVulnerabilityPage>;
  getComponents(
    query: ClusterComponentQuery,
  ): Promise<schema.ClusterComponentPage>;
}
