import { randomUUID } from 'node:crypto';
import { PolicySet } from 'backstage-plugin-supply-chain-common';
import {
  StoredWaiver,
  WaiverChange,
  WaiverEvent,
  WaiverStore,
} from '../stores/WaiverStore';
import { reasonsAtApproval } from './coveredReasons';
import {
  decidableBy,
  decidedBefore,
  endable,
  withdrawableBy,
} from './decidable';
import { refused, WaiverResult } from './refusal';
import { WaiverOrder, waiverOfOrder } from './waiverOfOrder';
import { checkPeriod, longestWaiverDays } from './waiverPeriod';

/** Options of {@link WaiverDesk}. */
export type WaiverDeskOptions = {
  store: Pick<WaiverStore, 'add' | 'change' | 'findings'>;
  /** What is loaded now; `undefined` before policies have been read for the first time. */
  policySet: () => PolicySet | undefined;
  now: () => Date;
  /** @defaultValue random */
  newId?: () => string;
};

/** What somebody decides. */
export type WaiverDecision = {
  waiver: StoredWaiver;
  /** Entity ref of who decides. */
  person: string;
  comment?: string;
};

type Settled = WaiverResult<{ waiver: StoredWaiver }>;

/**
 * Where waivers are asked for and decided about (L22). What a person may do with which entity has been decided before;
 * here is what the law says of the waiver itself.
 */
export class WaiverDesk {
  readonly #options: WaiverDeskOptions;

  static create(options: WaiverDeskOptions): WaiverDesk {
    return new WaiverDesk(options);
  }

  private constructor(options: WaiverDeskOptions) {
    this.#options = options;
  }

  /** Asks for a waiver of what a rule says now. */
  async request(order: WaiverOrder): Promise<Settled> {
    const { store, policySet, now, newId = randomUUID } = this.#options;
    const drafted = waiverOfOrder({
      order,
      findings: await store.findings(order.place),
      longestDays: longestWaiverDays(policySet(), order.place.policy),
      now: now(),
      id: newId(),
    });
    if (!drafted.done) {
      return drafted;
    }
    const { waiver } = drafted;
    const { id, about, ...after } = waiver;
    const added = await store.add(waiver, {
      at: waiver.requestedAt,
      actor: order.person,
      verb: 'requested',
      before: {},
      after,
    });
    return added
      ? drafted
      : refused(
          'conflict',
          'waiverPending',
          'Expected a new request, and the same one waits for a decision',
        );
  }

  /** Approves a request of somebody else, for the reasons there are now. */
  async approve(decision: WaiverDecision): Promise<Settled> {
    const { waiver, person } = decision;
    const { store, policySet, now: clock } = this.#options;
    const now = clock();
    const decidable = decidableBy(waiver, person);
    if (!decidable.done) {
      return decidable;
    }
    const { policy } = waiver.about;
    const longestDays = longestWaiverDays(policySet(), policy);
    const period = checkPeriod({ ...waiver, policy, longestDays, now });
    if (!period.done) {
      // The request was right when it was made.
      const { code, message } = period.refusal;
      return refused('conflict', code, message);
    }
    const findings = await store.findings(waiver.about);
    const covered = reasonsAtApproval(findings, waiver);
    return covered.done
      ? this.#change(decision, 'approved', {
          state: 'approved',
          reasons: covered.reasons,
          decidedBy: person,
          decidedAt: now.toISOString(),
        })
      : covered;
  }

  /** Denies a request of somebody else. */
  async deny(decision: WaiverDecision): Promise<Settled> {
    const { waiver, person } = decision;
    const decidable = decidableBy(waiver, person);
    return decidable.done ? this.#close(decision, 'denied') : decidable;
  }

  /** Takes a request back. */
  async withdraw(decision: WaiverDecision): Promise<Settled> {
    const { waiver, person } = decision;
    const withdrawable = withdrawableBy(waiver, person);
    return withdrawable.done
      ? this.#close(decision, 'withdrawn')
      : withdrawable;
  }

  /** Ends an approved waiver before its time. */
  async end(decision: WaiverDecision): Promise<Settled> {
    const { waiver, person } = decision;
    const now = this.#options.now();
    const mayEnd = endable(waiver, now);
    return mayEnd.done
      ? this.#change(decision, 'ended', {
          state: 'ended',
          endedBy: person,
          endedAt: now.toISOString(),
        })
      : mayEnd;
  }

  async #close(
    decision: WaiverDecision,
    state: 'denied' | 'withdrawn',
  ): Promise<Settled> {
    return this.#change(decision, state, {
      state,
      decidedBy: decision.person,
      decidedAt: this.#options.now().toISOString(),
    });
  }

  async #change(
    decision: WaiverDecision,
    verb: WaiverEvent['verb'],
    change: WaiverChange,
  ): Promise<Settled> {
    const { waiver, person, comment } = decision;
    const before = Object.fromEntries(
      Object.keys(change).map(key => [key, waiver[key as keyof WaiverChange]]),
    );
    const changed = await this.#options.store.change({
      waiver,
      change,
      event: {
        at: change.endedAt ?? change.decidedAt!,
        actor: person,
        verb,
        ...(comment?.trim() && { comment: comment.trim() }),
        before,
        after: change,
      },
    });
    return changed
      ? { done: true, waiver: { ...waiver, ...change } }
      : decidedBefore(waiver);
  }
}
