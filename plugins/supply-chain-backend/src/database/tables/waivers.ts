import { DatabaseBoolean } from './inventory';

/** Waivers of the page (L22). */
export type WaiverRow = {
  id: string;
  /** pending, approved, denied, withdrawn or ended; that an approved one has run out, its expiry says. */
  state: string;
  /** Hash of what a pending one is about; null once it is decided. */
  pending_key: string | null;
  /** Id of the rule in the policy. */
  rule: string;
  /** Name. */
  policy: string;
  /** JSON: codes it covers. */
  reasons: string;
  include_unknown: DatabaseBoolean;
  /** Scope; null: any. */
  repository: string | null;
  /** Scope; null: any. */
  digest: string | null;
  /** Scope; null: every service that runs it. */
  entity_ref: string | null;
  /** Scope; null: any. */
  vulnerability: string | null;
  /** The finding it was asked for. */
  about_entity_ref: string;
  about_repository: string;
  about_digest: string | null;
  /** Words of the requester; hostile text, as is the ticket. */
  reason: string;
  ticket: string | null;
  /** Full entity ref. */
  requested_by: string;
  requested_at: string;
  /** Who approved or denied it or took it back. */
  decided_by: string | null;
  decided_at: string | null;
  /** Who ended it before its time. */
  ended_by: string | null;
  ended_at: string | null;
  expires: string;
};

/** Who did what to a waiver; rows are only ever added. */
export type WaiverEventRow = {
  id: number;
  waiver_id: string;
  at: string;
  /** Full entity ref. */
  actor: string;
  /** requested, approved, denied, withdrawn or ended. */
  verb: string;
  /** Words of the actor; hostile text. */
  comment: string | null;
  /** JSON: what changed, as it was. */
  before: string;
  /** JSON: what changed, as it is. */
  after: string;
};

/** Warnings of an end that were given, so that none is twice. */
export type WaiverWarningRow = {
  /** git or portal. */
  source: string;
  name: string;
  expires: string;
  /** Before the end; 0: it has ended. */
  days: number;
  warned_at: string;
};
