import { CheckTopic } from 'backstage-plugin-supply-chain-common';
import { ReadableResource } from 'backstage-plugin-supply-chain-node/clusters';

/** What a report of one kind holds. */
type CheckReportKind = {
  topic: CheckTopic;
  /** Who reports, as it stands beside a result. */
  source: string;
  /** The field of `report` with the results. */
  list: 'checks' | 'secrets';
};

/**
 * The reports of Trivy Operator in namespaces, other than those on vulnerabilities and the contents of images.
 *
 * @public
 */
export const CHECK_REPORTS = {
  configauditreports: {
    topic: 'configuration',
    source: 'Trivy config audit',
    list: 'checks',
  },
  rbacassessmentreports: {
    topic: 'rbac',
    source: 'Trivy RBAC',
    list: 'checks',
  },
  infraassessmentreports: {
    topic: 'infrastructure',
    source: 'Trivy infra',
    list: 'checks',
  },
  exposedsecretreports: {
    topic: 'secrets',
    source: 'Trivy secrets',
    list: 'secrets',
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
