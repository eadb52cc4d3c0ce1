export { upgradeCommand } from './upgradeCommand';
export type { UpgradeCommand } from './upgradeCommand';
export type { UpgradePlace } from './packageTools';
