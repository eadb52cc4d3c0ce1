import { DatabaseBoolean } from './inventory';

/** Running images that are to be judged. */
export type VerdictWorkRow = {
  running_image_id: string;
  next_attempt_at: string;
  attempts: number;
  ticket: string;
  lease_holder: string | null;
  lease_expires_at: string | null;
};

/** One per running image, entity and policy (L18). */
export type VerdictRow = {
  running_image_id: string;
  /** Empty: the workload belongs to no entity. */
  entity_ref: string;
  policy_name: string;
  policy_digest: string;
  policy_title: string | null;
  outcome: string;
  reason: string | null;
  /** JSON. */
  findings: string;
  facts_digest: string;
  waiver_digest: string;
  evaluated_at: string;
  next_change_at: string | null;
  signature_status: string | null;
  signature_reason: string | null;
  /** As `ruleOutcomesOf` writes it; null: written by an older version while this one started. */
  rule_outcomes: string | null;
  /** The image it is counted as, wherever it runs; null: it never started (L4) or no longer runs. */
  counted_key: string | null;
};

/** One per running image and entity: what lists, counts and filters read. */
export type ImageSummaryRow = {
  running_image_id: string;
  /** Empty: the workload belongs to no entity. */
  entity_ref: string;
  subject_key: string | null;
  /** As of a verdict; what figures count images by. */
  counted_key: string | null;
  /** False: never started (L4). */
  counted: DatabaseBoolean;
  running: DatabaseBoolean;
  outcome: string;
  reason: string | null;
  /** Null: no rule asks. */
  signature_outcome: string | null;
  provenance_outcome: string | null;
  registry_outcome: string | null;
  scan_outcome: string | null;
  vulnerability_outcome: string | null;
  signature_status: string | null;
  /** Null: nobody asks, or nobody has looked yet. */
  provenance_status: string | null;
  /** SLSA Build level. */
  provenance_level: number | null;
  /** Repository it was built from; hostile text. */
  provenance_source: string | null;
  fixable_critical: number;
  fixable_critical_overdue: number;
  /** Into `finding_sets`; null: no scan speaks for it, or it does not run or count. */
  finding_set: number | null;
  /** JSON: the judged image the summaries are made from. */
  judged: string;
  evaluated_at: string;
};

/** Accepted signers of running images, one per trust root and signing system. */
export type ImageSignerRow = {
  running_image_id: string;
  /** Empty: the workload belongs to no entity. */
  entity_ref: string;
  trust_root: string;
  scheme: string;
  /** Hash; equal for one key or identity. */
  signer_id: string;
  /** Fingerprint or subject. */
  signer: string;
};

/** One per entity with running images: what the overview reads. */
export type EntitySummaryRow = {
  entity_ref: string;
  outcome: string;
  /** 0 is worst (L18), for sorting. */
  outcome_rank: number;
  reason: string | null;
  /** False: nothing runs now, the last known state is kept. */
  running: DatabaseBoolean;
  settled: DatabaseBoolean;
  /** The last outcome that was more than "nobody has looked yet". */
  told_outcome: string | null;
  signature_outcome: string | null;
  provenance_outcome: string | null;
  registry_outcome: string | null;
  scan_outcome: string | null;
  signed_pass: number;
  signed_applicable: number;
  signed_unknown: number;
  provenance_pass: number;
  provenance_applicable: number;
  provenance_unknown: number;
  registry_pass: number;
  registry_applicable: number;
  registry_unknown: number;
  fixable_critical: number;
  /** Counted images. */
  images: number;
  /** JSON: names. */
  clusters: string;
  /** JSON: the service row with tiles, counts and worst finding. */
  summary: string;
  /** JSON: failing rules with reason, for notifications. */
  problems: string;
  /** Equal means no event. */
  hash: string;
  evaluated_at: string | null;
  /** When the outcome last changed. */
  changed_at: string | null;
};

/** What changed; rows are added and, by retention only, removed. */
export type HistoryRow = {
  id: number;
  at: string;
  /** firstSeen, verdict, signature, provenance, vulnerabilities, lookFailed, lookRestored, or service for the whole entity. */
  kind: string;
  repository: string | null;
  digest: string | null;
  /** Empty: about the image whoever runs it, or an image of no entity. */
  entity_ref: string;
  running_image_id: string | null;
  image_ref: string | null;
  outcome: string | null;
  previous_outcome: string | null;
  status: string | null;
  previous_status: string | null;
  /** SLSA Build level; of provenance only. */
  level: number | null;
  previous_level: number | null;
  /** Repository the image was built from; of provenance only. */
  source: string | null;
  previous_source: string | null;
  reason: string | null;
  policy: string | null;
};

/** Notifications to be sent: written with the change, removed once sent, so that none is lost. */
export type AlertRow = {
  /** One open notification per entity and rule. */
  scope: string;
  entity_ref: string;
  /** JSON: kind, rule, outcome, reason, image. */
  content: string;
  created_at: string;
  next_attempt_at: string;
  attempts: number;
  lease_holder: string | null;
  lease_expires_at: string | null;
};

/** Policy sources with their last good bytes (L28). */
export type PolicyDocumentRow = {
  source: string;
  /** JSON: the last good bytes of the document and the files it names. */
  bundle: string | null;
  digest: string | null;
  /** When these bytes were first loaded. */
  loaded_at: string | null;
  /** ok, or failed: the last good bytes stay in force. */
  state: string;
  /** JSON: what is wrong with the bytes read last. */
  problems: string;
};
