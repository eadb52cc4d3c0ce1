import { DatabaseBoolean } from './inventory';

/** Images that run or ran: repository and digest (L2). */
export type SubjectRow = {
  /** repository@digest. */
  key: string;
  repository: string;
  digest: string;
  /** JSON: references workloads use for it. */
  image_refs: string;
  first_seen: string;
  last_seen: string;
};

/** Digests a scan of the subject may name: its own, its platforms, the indexes that list it (L3). */
export type SubjectDigestRow = {
  subject_key: string;
  digest: string;
  relation: 'self' | 'child' | 'parent';
};

/** Subjects that are to be looked at. */
export type WorkRow = {
  subject_key: string;
  next_attempt_at: string;
  /** Failed looks in a row. */
  attempts: number;
  /** Larger is sooner. */
  priority: number;
  /** No cached negatives (L7). */
  fresh: DatabaseBoolean;
  /** When somebody asked for it. */
  requested_at: string | null;
  /** Changes with every request, so that one made during a run is not lost. */
  ticket: string;
  lease_holder: string | null;
  lease_expires_at: string | null;
};

/** What collectors keep between runs. */
export type CollectorStateRow = {
  collector: string;
  key: string;
  value: string;
};

/** What collectors found out about subjects; facts, never judgement. */
export type EvidenceRow = {
  subject_key: string;
  collector: string;
  kind: string;
  status: string;
  reason: string | null;
  message: string | null;
  observed_at: string;
  expires_at: string | null;
  /** JSON: a later look that failed (L6). */
  last_look: string | null;
  hash: string;
  /** JSON. */
  detail: string | null;
  /** JSON: digest by name of the trust roots it was checked against. */
  trust: string | null;
  /** Since when nothing is found; sets the pace of looking (L7). */
  first_absent_at: string | null;
};

/** Findings of scans, stored once however many reports hold them. */
export type ScanRow = {
  hash: string;
  /** JSON: scanner, operating system and findings. */
  detail: string;
  /** JSON: into `scan_texts`, for each finding in their order; null: it stands in the finding. */
  about: string | null;
};

/** What scanners say of vulnerabilities, each text once. */
export type ScanTextRow = {
  hash: string;
  /** JSON. */
  text: string;
  /** The day on which a scan with it was last written. */
  used_on: string;
};

/** Scanner reports as their clusters hold them. */
export type ReportRow = {
  feed: string;
  /** Name of the cluster. */
  source: string;
  uid: string;
  namespace: string;
  controller_kind: string;
  controller_name: string;
  container: string;
  digest: string | null;
  repository: string | null;
  resource_version: string;
  /** Of the content without its resource version. */
  hash: string;
  status: string;
  reason: string | null;
  message: string | null;
  /** JSON. */
  subject: string;
  observed_at: string;
  expires_at: string | null;
  scanned_at: string | null;
  /** JSON: what was scanned, as the scanner says. */
  artifact: string | null;
  platform: string | null;
  scan_hash: string | null;
  /** When it was last written, by the clock of the database; empty: before the column was there. */
  changed_at: string;
  /** Since when its cluster does not hold it any more, by the clock of the database: what it told stands (L6). */
  gone_at: string | null;
  /** JSON: a later state of it that could not be read (L6). */
  last_look: string | null;
};

/** When vulnerabilities were first seen and first fixable, per repository (L21). */
export type VulnerabilityClockRow = {
  repository: string;
  /** Since when its scans are read. */
  known_since: string;
  /** JSON: those that agree together, with the keys of their vulnerabilities. */
  clocks: string;
};
