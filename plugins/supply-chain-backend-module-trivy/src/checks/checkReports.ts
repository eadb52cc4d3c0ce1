import { CheckTopic } from 'backstage-plugin-supply-chain-common';
import { ReadableResource } from 'backstage-plugin-supply-chain-node/clusters';

/** What a report of one kind holds. */
type CheckReportKind = {
  topic: CheckTopic;
  /** Who reports, as it stands beside a result. */
  source: string;
  /** The field of `report` with the results. */
  list: 'checks' | 'secrets';
  /** Whether it is on something in a namespace, or on an object of the cluster in none. */
  scope: 'namespace' | 'cluster';
};

/**
 * The reports of Trivy Operator that list checks or secrets, on what lies in namespaces and on what does not.
 *
 * @public
 */
export const CHECK_REPORTS = {
  configauditreports: {
    topic: 'configuration',
    source: 'Trivy config audit',
    list: 'checks',
    scope: 'namespace',
  },
  rbacassessmentreports: {
    topic: 'rbac',
    source: 'Trivy RBAC',
    list: 'checks',
    scope: 'namespace',
  },
  infraassessmentreports: {
    topic: 'infrastructure',
    source: 'Trivy infra',
    list: 'checks',
    scope: 'namespace',
  },
  exposedsecretreports: {
    topic: 'secrets',
    source: 'Trivy secrets',
    list: 'secrets',
    scope: 'namespace',
  },
  clusterconfigauditreports: {
    topic: 'configuration',
    source: 'Trivy config audit',
    list: 'checks',
    scope: 'cluster',
  },
  clusterrbacassessmentreports: {
    topic: 'rbac',
    source: 'Trivy RBAC',
    list: 'checks',
    scope: 'cluster',
  },
  clusterinfraassessmentreports: {
    topic: 'infrastructure',
    source: 'Trivy infra',
    list: 'checks',
    scope: 'cluster',
  },
} as const satisfies Partial<Record<ReadableResource, CheckReportKind>>;

/**
 * Plural of one of {@link CHECK_REPORTS}.
 *
 * @public
 */
export type CheckResource = keyof typeof CHECK_REPORTS;

/**
 * Every plural of {@link CHECK_REPORTS}.
 *
 * @internal
 */
export const CHECK_RESOURCES = Object.keys(CHECK_REPORTS) as CheckResource[];
