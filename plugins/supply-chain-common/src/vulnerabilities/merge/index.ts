export { AliasGroups } from './AliasGroups';
export { mergeFindings } from './mergeFindings';
export type {
  FindingSource,
  MergedFinding,
  ScannedFindings,
} from './mergeFindings';
