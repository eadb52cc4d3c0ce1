import { schema } from 'backstage-plugin-supply-chain-common';
import { WaiverList } from '../database/operations/waivers/waiverFilter';
import { FindingPlace } from '../stores/WaiverStore';
import { RequestedReach } from '../waivers/requestedScope';
import { Page } from './SupplyChainService';

/** Which waivers. */
export type WaiversRequest<Caller> = {
  caller: Caller;
  list?: WaiverList;
  /** Part of what a waiver says. */
  search?: string;
  /** Only those that concern an entity, a repository or an image of it. */
  entityRef?: string;
  repository?: string;
  digest?: string;
  page: Page;
};

/** What a waiver would be asked for. */
export type WaiverPreviewRequest<Caller> = {
  caller: Caller;
  place: FindingPlace;
};

/** A waiver somebody asks for. */
export type WaiverOrderRequest<Caller> = {
  caller: Caller;
  place: FindingPlace;
  reach: RequestedReach;
  includeUnknown: boolean;
  reason: string;
  ticket?: string;
  expires: string;
};

/** What can be done about a waiver. */
export type WaiverVerb = 'approve' | 'deny' | 'withdraw' | 'end';

/** A decision about a waiver. */
export type WaiverDecisionRequest<Caller> = {
  caller: Caller;
  id: string;
  verb: WaiverVerb;
  comment?: string;
};

/**
 * What the API answers about waivers. `Caller` is the caller's credentials at the edge and, behind the authorisation,
 * what that caller may see and do. What a caller may not see is a `NotFoundError`, the same one as for what does not
 * exist (L33). What the law refuses carries a reason code in `reason` (L22).
 */
export interface WaiverService<Caller> {
  listWaivers(request: WaiversRequest<Caller>): Promise<schema.WaiverPage>;
  previewWaiver(
    request: WaiverPreviewRequest<Caller>,
  ): Promise<schema.WaiverPreview>;
  requestWaiver(
    request: WaiverOrderRequest<Caller>,
  ): Promise<schema.WaiverReport>;
  decideWaiver(
    request: WaiverDecisionRequest<Caller>,
  ): Promise<schema.WaiverReport>;
  listWaiverEvents(request: {
    caller: Caller;
    id: string;
  }): Promise<schema.WaiverEventList>;
}
