export { upgradeCommand } from './upgradeCommand';
export type { UpgradeCommand } from './upgradeCommand';
export type { UpgradePlace } from './packageTools';
export { groupFindings } from './groupFindings';
export type {
  FindingGroup,
  FindingGrouping,
  GroupableFinding,
} from './groupFindings';
export type { Fix } from './fixesOf';
