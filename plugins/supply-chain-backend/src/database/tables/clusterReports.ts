import { DatabaseBoolean } from './inventory';

/** What a report on a cluster as a whole is about. */
export type ClusterReportKind = 'checks' | 'compliance' | 'vulnerabilities';

/** What one report says of a cluster as a whole. */
export type ClusterReportRow = {
  feed: string;
  /** Name of the cluster. */
  source: string;
  /** uid of the report. */
  uid: string;
  kind: ClusterReportKind;
  /** Of checks; otherwise empty. */
  topic: string;
  /** Of checks: the object in no namespace; otherwise empty. */
  object_kind: string;
  object_name: string;
  /** Results not kept. */
  left_out: number;
  observed_at: string;
  /** JSON, without the entries. */
  detail: string;
};

/** One result of a check, control or finding. */
export type ClusterReportEntryRow = {
  feed: string;
  /** Name of the cluster. */
  source: string;
  /** uid of the report. */
  uid: string;
  /** Within the report. */
  position: number;
  kind: ClusterReportKind;
  topic: string;
  /** Id of the check, control or vulnerability. */
  entry_id: string;
  /** What came out; `found` for a vulnerability. */
  status: string;
  /** 0 is the worst. */
  status_rank: number;
  /** 0 is the worst. */
  severity_rank: number;
  fixable: DatabaseBoolean;
  /** Told to those who may know of secrets. */
  about_secrets: DatabaseBoolean;
  /** Lower case. */
  search: string;
  /** JSON. */
  detail: string;
};
