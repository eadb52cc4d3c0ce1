import { schema } from 'backstage-plugin-supply-chain-common';
import { WaiverVerb } from '../../hooks/useWaivers';

/** The lists of the page, in order. */
export const WAIVER_LISTS = [
  'pending',
  'active',
  'ending',
  'ended',
  'denied',
] as const;

/** One of the lists. */
export type WaiverList = (typeof WAIVER_LISTS)[number];

/** A waiver somebody is about to decide on. */
export type Choice = { waiver: schema.WaiverReport; verb: WaiverVerb };
