/** Reports of other enforcers as their clusters hold them. */
export type PolicyReportRow = {
  feed: string;
  /** Name of the cluster. */
  source: string;
  uid: string;
  resource_version: string;
  /** Of what is told without its times. */
  hash: string;
};

/** What a report tells of one object. */
export type PolicyReportObjectRow = {
  feed: string;
  /** Name of the cluster. */
  source: string;
  /** uid of the report. */
  uid: string;
  /** Within the report. */
  position: number;
  namespace: string;
  kind: string;
  name: string;
  /** uid of the object, when the report gives one. */
  object_uid: string | null;
  /** JSON. */
  evidence: string;
};
