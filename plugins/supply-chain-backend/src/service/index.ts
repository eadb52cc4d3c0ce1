export { createAdmissionFeedService } from './createAdmissionFeedService';
export { createRouter } from './createRouter';
export type { RouterOptions } from './createRouter';
export { createSupplyChainService } from './createSupplyChainService';
export type { SupplyChainServiceOptions } from './createSupplyChainService';
export type { SupplyChainService } from './SupplyChainService';
export { createWaiverService } from './createWaiverService';
export type { WaiverServiceOptions } from './createWaiverService';
export type { WaiverService } from './WaiverService';
