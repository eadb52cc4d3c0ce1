export { concerningWaivers } from './concerningWaivers';
export { isSamePerson, personOf } from './isSamePerson';
export { reasonsToWaive } from './reasonsToWaive';
export type { WaivableFindings } from './reasonsToWaive';
export { DEFAULT_WAIVER_DAYS, LONGEST_WAIVER_DAYS } from './waiverDays';
export { isActiveWaiver, waiverStateOf } from './waiverState';
export type { WaiverState } from './waiverState';
