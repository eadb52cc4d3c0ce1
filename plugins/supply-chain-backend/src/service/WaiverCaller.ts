import { seesNothing, VisibleEntities } from '../permissions/VisibleEntities';
import { WaiverResult } from '../waivers/refusal';

/** What somebody may see of waivers, and do about them. */
export type WaiverCaller = {
  visible: VisibleEntities;
  /** By `supply-chain.waiver.request`: a part of what is visible. */
  requestable: VisibleEntities;
  /** By `supply-chain.waiver.approve`: a part of what is visible. */
  approvable: VisibleEntities;
  /** Whose doing it is, or why nobody's. */
  person: WaiverResult<{ person: string }>;
};

/** Whether the caller may decide for entities that nobody has thought of yet, those of a waiver for every service. */
export function decidesEverywhere({ approvable }: WaiverCaller): boolean {
  return approvable.rules === 'all' && approvable.refs === 'all';
}

/** Whether the caller may decide for no entity at all. */
export function decidesNowhere({ approvable }: WaiverCaller): boolean {
  return seesNothing(approvable);
}
