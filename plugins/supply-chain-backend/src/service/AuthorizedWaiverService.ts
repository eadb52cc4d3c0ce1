import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  schema,
  supplyChainReadPermission,
} from 'backstage-plugin-supply-chain-common';
import { VisibilityResolver } from '../permissions/VisibilityResolver';
import {
  CallingPrincipal,
  personOfPrincipal,
} from '../waivers/personOfPrincipal';
import { WaiverCaller } from './WaiverCaller';
import {
  WaiverDecisionRequest,
  WaiverOrderRequest,
  WaiverPreviewRequest,
  WaiverService,
  WaiversRequest,
} from './WaiverService';
import { missing } from './requireRead';

type Caller = BackstageCredentials;

/** Options of {@link AuthorizedWaiverService}. */
export type AuthorizedWaiverServiceOptions = {
  service: WaiverService<WaiverCaller>;
  visibility: VisibilityResolver;
  /** Users that anybody can be, by entity ref, beside those Backstage calls guest. */
  guests?: readonly string[];
};

/** Finds out what the caller may see and do, and who that is, and lets the service behind it answer with that. */
export class AuthorizedWaiverService implements WaiverService<Caller> {
  readonly #options: AuthorizedWaiverServiceOptions;

  static create(
    options: AuthorizedWaiverServiceOptions,
  ): AuthorizedWaiverService {
    return new AuthorizedWaiverService(options);
  }

  private constructor(options: AuthorizedWaiverServiceOptions) {
    this.#options = options;
  }

  async listWaivers(
    request: WaiversRequest<Caller>,
  ): Promise<schema.WaiverPage> {
    const caller = await this.#callerOf(request.caller);
    return this.#options.service.listWaivers({ ...request, caller });
  }

  async previewWaiver(
    request: WaiverPreviewRequest<Caller>,
  ): Promise<schema.WaiverPreview> {
    const caller = await this.#callerOf(request.caller);
    return this.#options.service.previewWaiver({ ...request, caller });
  }

  async requestWaiver(
    request: WaiverOrderRequest<Caller>,
  ): Promise<schema.WaiverReport> {
    const caller = await this.#callerOf(request.caller);
    return this.#options.service.requestWaiver({ ...request, caller });
  }

  async decideWaiver(
    request: WaiverDecisionRequest<Caller>,
  ): Promise<schema.WaiverReport> {
    const caller = await this.#callerOf(request.caller);
    return this.#options.service.decideWaiver({ ...request, caller });
  }

  async listWaiverEvents(request: {
    caller: Caller;
    id: string;
  }): Promise<schema.WaiverEventList> {
    const caller = await this.#callerOf(request.caller);
    return this.#options.service.listWaiverEvents({ ...request, caller });
  }

  async #callerOf(credentials: Caller): Promise<WaiverCaller> {
    const { visibility, guests } = this.#options;
    const [visible, requestable, approvable] = await Promise.all([
      visibility.forReading(credentials),
      visibility.forWaiverRequest(credentials),
      visibility.forWaiverApproval(credentials),
    ]);
    // L33: an image of a workload of no entity needs another permission than one of an entity.
    if (visible.rules === 'none' && !visible.unlinked) {
      throw missing(supplyChainReadPermission);
    }
    const person = personOfPrincipal({
      principal: credentials.principal as CallingPrincipal,
      guests,
    });
    return { visible, requestable, approvable, person };
  }
}
