import { schema } from 'backstage-plugin-supply-chain-common';

/**
 * Which waivers.
 *
 * @public
 */
export type WaiverQuery = schema.GetWaivers['query'];

/**
 * The finding a waiver is asked for: one rule of one policy on one image of one service.
 *
 * @public
 */
export type WaiverPlace = schema.PreviewWaiver['query'];

/**
 * What can be done about a waiver.
 *
 * @public
 */
export type WaiverVerb = schema.WaiverReportMayEnum;

/**
 * What somebody decides about a waiver.
 *
 * @public
 */
export type WaiverDecision = { id: string; verb: WaiverVerb; comment?: string };

/**
 * What the pages ask the backend about waivers.
 *
 * @public
 */
export interface WaiverApi {
  getWaivers(query: WaiverQuery): Promise<schema.WaiverPage>;
  /** What a waiver would cover if it were asked for now. */
  previewWaiver(place: WaiverPlace): Promise<schema.WaiverPreview>;
  requestWaiver(request: schema.WaiverRequest): Promise<schema.WaiverReport>;
  decideWaiver(decision: WaiverDecision): Promise<schema.WaiverReport>;
  getWaiverEvents(id: string): Promise<schema.WaiverEventList>;
}
