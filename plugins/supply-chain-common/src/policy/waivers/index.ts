export { concerningWaivers } from './concerningWaivers';
export { DEFAULT_WAIVER_DAYS, LONGEST_WAIVER_DAYS } from './waiverDays';
export { isActiveWaiver, waiverStateOf } from './waiverState';
export type { WaiverState } from './waiverState';
