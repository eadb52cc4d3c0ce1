/**
 * The parts of this module that need no backend.
 *
 * @packageDocumentation
 */
export * from './TrivyFeed';
export * from './TrivySbomFeed';
export * from './checks/TrivyChecksFeed';
export { parseCheckReport } from './checks/parseCheckReport';
export { CHECK_REPORTS } from './checks/checkReports';
export type { CheckResource } from './checks/checkReports';
export {
  OPERATOR_RESOURCES,
  parseOperatorReport,
} from './checks/operatorReports';
export type { OperatorResource } from './checks/operatorReports';
export { parseSbomReport } from './parseSbomReport';
export type { SbomResource } from './parseSbomReport';
export { parseVulnerabilityReport } from './parseVulnerabilityReport';
