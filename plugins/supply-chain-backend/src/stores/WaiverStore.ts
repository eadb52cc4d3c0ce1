import {
  Finding,
  ReasonCode,
  Waiver,
  WaiverScope,
} from 'backstage-plugin-supply-chain-common';

/** The finding a waiver is asked for: one rule of one policy on one image of one entity. */
export type FindingPlace = {
  /** Full entity ref, lower case. */
  entityRef: string;
  /** Normalised. */
  repository: string;
  /** Absent where the digest is not known. */
  digest?: string;
  policy: string;
  /** Id of the rule in the policy. */
  rule: string;
};

/** A waiver of the page as it is kept (L22). It goes forward only: pending, then decided, then ended. */
export type StoredWaiver = {
  id: string;
  /** An approved one whose `expires` has passed has ended, too. */
  state: 'pending' | 'approved' | 'denied' | 'withdrawn' | 'ended';
  about: FindingPlace;
  scope: WaiverScope;
  reasons: ReasonCode[];
  includeUnknown: boolean;
  reason: string;
  ticket?: string;
  /** Full entity ref. */
  requestedBy: string;
  /** RFC 3339. */
  requestedAt: string;
  /** Who approved or denied it or took it back. */
  decidedBy?: string;
  /** RFC 3339. */
  decidedAt?: string;
  /** Who ended it before its time. */
  endedBy?: string;
  /** RFC 3339. */
  endedAt?: string;
  /** RFC 3339. */
  expires: string;
};

/** What somebody did to a waiver. */
export type WaiverEvent = {
  /** RFC 3339. */
  at: string;
  /** Full entity ref. */
  actor: string;
  verb: 'requested' | 'approved' | 'denied' | 'withdrawn' | 'ended';
  comment?: string;
  /** What changed, as it was. */
  before: Partial<StoredWaiver>;
  /** What changed, as it is. */
  after: Partial<StoredWaiver>;
};

/** What a verb changes. */
export type WaiverChange = Partial<
  Pick<
    StoredWaiver,
    'state' | 'reasons' | 'decidedBy' | 'decidedAt' | 'endedBy' | 'endedAt'
  >
>;

/** Where waivers of the page and what people did to them are kept. */
export interface WaiverStore {
  read(id: string): Promise<StoredWaiver | undefined>;
  /** What the rule says now of the image, in all places where it runs for the entity. */
  findings(place: FindingPlace): Promise<Finding[]>;
  /** False when the same is pending already: then nothing is stored. */
  add(waiver: StoredWaiver, event: WaiverEvent): Promise<boolean>;
  /**
   * Changes a waiver together with its trail and queues the verdicts it concerns, all or nothing.
   * False when it is not in the state any more: somebody was first, and nothing changes.
   */
  change(options: {
    waiver: StoredWaiver;
    change: WaiverChange;
    event: WaiverEvent;
  }): Promise<boolean>;
  /** Approved waivers that have not ended at an instant, as verdicts take them. */
  inForce(now: Date): Promise<Waiver[]>;
}

/** A warning that a waiver ends, to those who run what it is about. */
export type WaiverWarning = {
  waiver: Waiver;
  /** Before the end; 0: it has ended. */
  days: number;
};

/** Where warnings of an end wait to be sent. */
export interface WaiverWarningStore {
  /** Approved waivers of the page that end, or ended, in a period. */
  endingBetween(options: { from: Date; until: Date }): Promise<Waiver[]>;
  /**
   * Queues the notifications of those warnings that were not given before, once over all replicas.
   * Returns how many were.
   */
  warn(options: { warnings: WaiverWarning[]; now: Date }): Promise<number>;
}
