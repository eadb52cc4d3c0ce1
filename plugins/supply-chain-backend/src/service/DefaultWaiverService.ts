import { NotFoundError } from '@backstage/errors';
import {
  DEFAULT_WAIVER_DAYS,
  PolicySet,
  reasonsToWaive,
  schema,
  supplyChainWaiverApprovePermission,
  supplyChainWaiverRequestPermission,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { DatabaseWaiverStore } from '../database/DatabaseWaiverStore';
import { listVisibleRefs } from '../database/operations/waivers/listVisibleScopes';
import { listWaiverEvents } from '../database/operations/waivers/listWaiverEvents';
import { readVisibleWaiver } from '../database/operations/waivers/readVisibleWaiver';
import { VisibleEntities } from '../permissions/VisibleEntities';
import { StoredWaiver } from '../stores/WaiverStore';
import { isAboutVulnerabilities } from '../waivers/requestedScope';
import { WaiverDesk } from '../waivers/WaiverDesk';
import { longestWaiverDays } from '../waivers/waiverPeriod';
import { refusalError, requireDone } from './refusalError';
import { requireEntity } from './reports/readEntityReport';
import { readWaiverPage } from './reports/readWaiverPage';
import { readWaiverReports } from './reports/readWaiverReport';
import { GIT_ID_PREFIX } from './reports/waiverReportOf';
import {
  decidesEverywhere,
  decidesNowhere,
  WaiverCaller,
} from './WaiverCaller';
import {
  WaiverDecisionRequest,
  WaiverOrderRequest,
  WaiverPreviewRequest,
  WaiverService,
  WaiversRequest,
} from './WaiverService';
import { missing } from './requireRead';

/** Options of {@link DefaultWaiverService}. */
export type DefaultWaiverServiceOptions = {
  knex: Knex;
  /** What is loaded now; `undefined` before policies have been read for the first time. */
  policySet: () => PolicySet | undefined;
  /** Called when verdicts depend on what was decided, so that they are made at once. */
  onWaiversChanged: () => void;
  now: () => Date;
  /** Whether all data is that of the sandbox. */
  sandbox: boolean;
};

type Caller = WaiverCaller;

/** Waivers from what is stored, as far as the caller may see and do. */
export class DefaultWaiverService implements WaiverService<Caller> {
  readonly #options: DefaultWaiverServiceOptions;
  readonly #store: DatabaseWaiverStore;
  readonly #desk: WaiverDesk;

  static create(options: DefaultWaiverServiceOptions): DefaultWaiverService {
    return new DefaultWaiverService(options);
  }

  private constructor(options: DefaultWaiverServiceOptions) {
    this.#options = options;
    this.#store = DatabaseWaiverStore.create(options);
    this.#desk = WaiverDesk.create({ ...options, store: this.#store });
  }

  async listWaivers(
    request: WaiversRequest<Caller>,
  ): Promise<schema.WaiverPage> {
    const { knex, policySet, now, sandbox } = this.#options;
    return readWaiverPage({
      ...request,
      knex,
      gitWaivers: policySet()?.waivers ?? [],
      now: now(),
      sandbox,
    });
  }

  async previewWaiver(
    request: WaiverPreviewRequest<Caller>,
  ): Promise<schema.WaiverPreview> {
    const { caller, place } = request;
    await this.#requireReadable(caller, place.entityRef);
    const mayAsk = await this.#includes(caller.requestable, place.entityRef);
    const findings = await this.#store.findings(place);
    const longestDays =
      longestWaiverDays(this.#options.policySet(), place.policy) ?? 0;
    return {
      ...reasonsToWaive(findings),
      longestDays,
      proposedDays: Math.min(DEFAULT_WAIVER_DAYS, longestDays),
      vulnerability:
        findings.length > 0 && findings.every(isAboutVulnerabilities),
      ...(!caller.person.done && { refusal: caller.person.refusal.code }),
      ...(!mayAsk && {
        missingPermission: supplyChainWaiverRequestPermission.name,
      }),
    };
  }

  async requestWaiver(
    request: WaiverOrderRequest<Caller>,
  ): Promise<schema.WaiverReport> {
    const { caller, ...order } = request;
    const { entityRef } = order.place;
    await this.#requireReadable(caller, entityRef);
    if (!(await this.#includes(caller.requestable, entityRef))) {
      throw missing(supplyChainWaiverRequestPermission);
    }
    const { person } = requireDone(caller.person);
    const { waiver } = requireDone(
      await this.#desk.request({ ...order, person }),
    );
    return this.#report(caller, waiver);
  }

  async decideWaiver(
    request: WaiverDecisionRequest<Caller>,
  ): Promise<schema.WaiverReport> {
    const { caller, id, verb, comment } = request;
    const waiver = await this.#requireWaiver(caller, id);
    if (verb !== 'withdraw') {
      await this.#requireDecider(caller, waiver);
    }
    const { person } = requireDone(caller.person);
    const decided = requireDone(
      await this.#desk[verb]({ waiver, person, comment }),
    );
    this.#options.onWaiversChanged();
    return this.#report(caller, decided.waiver);
  }

  async listWaiverEvents(request: {
    caller: Caller;
    id: string;
  }): Promise<schema.WaiverEventList> {
    const { knex } = this.#options;
    const waiver = await this.#requireWaiver(request.caller, request.id);
    const items = await listWaiverEvents({ knex, waiverId: waiver.id });
    return { items };
  }

  async #requireReadable(caller: Caller, ref: string): Promise<void> {
    const { knex } = this.#options;
    await requireEntity({ knex, ref, visible: caller.visible });
  }

  /** L33: what is hidden and what does not exist look the same. */
  async #requireWaiver(caller: Caller, id: string): Promise<StoredWaiver> {
    const { knex } = this.#options;
    const { visible } = caller;
    const waiver = await readVisibleWaiver({ knex, visible, id });
    if (waiver) {
      return waiver;
    }
    if (id.startsWith(GIT_ID_PREFIX)) {
      throw refusalError({
        kind: 'conflict',
        code: 'waiverInVersionControl',
        message: 'Expected a waiver of the page, got one in version control',
      });
    }
    throw new NotFoundError(`No waiver '${id}' is known`);
  }

  async #requireDecider(caller: Caller, waiver: StoredWaiver): Promise<void> {
    const { entity } = waiver.scope;
    const decides = entity
      ? await this.#includes(caller.approvable, entity)
      : decidesEverywhere(caller);
    if (decides) {
      return;
    }
    const { name } = supplyChainWaiverApprovePermission;
    if (entity || decidesNowhere(caller)) {
      throw missing({ name });
    }
    throw refusalError({
      kind: 'notAllowed',
      code: 'waiverBeyondService',
      message: `Expected '${name}' for every entity, got it for some`,
    });
  }

  async #includes(visible: VisibleEntities, ref: string): Promise<boolean> {
    const { knex } = this.#options;
    return (await listVisibleRefs({ knex, visible, refs: [ref] })).has(ref);
  }

  async #report(
    caller: Caller,
    waiver: StoredWaiver,
  ): Promise<schema.WaiverReport> {
    const { knex, now } = this.#options;
    const waivers = [waiver];
    const [report] = await readWaiverReports({
      knex,
      caller,
      waivers,
      now: now(),
    });
    return report;
  }
}
