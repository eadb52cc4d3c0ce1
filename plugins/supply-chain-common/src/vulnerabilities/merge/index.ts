export { AliasGroups } from './AliasGroups';
export { severityReasonOf } from './findingSources';
export type { FindingSource, SeverityReason } from './findingSources';
export { mergeFindings } from './mergeFindings';
export type { MergedFinding, ScannedFindings } from './mergeFindings';
