import { KubernetesObject } from 'backstage-plugin-supply-chain-common';
import { ParsedReport, ReportOrigin } from 'backstage-plugin-supply-chain-node';
import { CHECK_RESOURCES, CheckResource } from './checkReports';
import { parseCheckReport } from './parseCheckReport';
import { parseClusterVulnerabilityReport } from './parseClusterVulnerabilityReport';
import { parseComplianceReport } from './parseComplianceReport';

/**
 * Plural of a report of Trivy Operator that is about no image.
 *
 * @public
 */
export type OperatorResource =
  | CheckResource
  | 'clustercompliancereports'
  | 'clustervulnerabilityreports';

/**
 * Every {@link OperatorResource}.
 *
 * @public
 */
export const OPERATOR_RESOURCES: readonly OperatorResource[] = [
  ...CHECK_RESOURCES,
  'clustercompliancereports',
  'clustervulnerabilityreports',
];

/**
 * Reads a report of any of these resources. Never throws.
 *
 * @public
 */
export function parseOperatorReport(
  object: KubernetesObject,
  origin: ReportOrigin<OperatorResource>,
): ParsedReport {
  const { resource, ...rest } = origin;
  switch (resource) {
    case 'clustercompliancereports':
      return parseComplianceReport(object, { ...rest, resource });
    case 'clustervulnerabilityreports':
      return parseClusterVulnerabilityReport(object, { ...rest, resource });
    default:
      return parseCheckReport(object, { ...rest, resource });
  }
}
