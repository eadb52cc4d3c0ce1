/** A report with an SBOM as its cluster holds it. */
export type SbomReportRow = {
  feed: string;
  /** Name of the cluster. */
  source: string;
  uid: string;
  namespace: string;
  controller_kind: string;
  controller_name: string;
  container: string;
  /** Absent for one that was refused. */
  digest: string | null;
  resource_version: string;
  /** Of the content without its resource version. */
  hash: string;
  status: string;
  reason: string | null;
  message: string | null;
  observed_at: string;
};

/** The newest SBOM of a digest and platform; it outlives its report. */
export type SbomRow = {
  digest: string;
  /** `os/architecture` it describes; empty: not known. */
  platform: string;
  feed: string;
  /** RFC 3339. */
  generated_at: string;
  /** JSON, without the components. */
  detail: string;
  component_count: number;
  components_hash: string;
};

/** What a cluster is made of, as one report tells; it goes with the report. */
export type ClusterSbomRow = {
  feed: string;
  /** Name of the cluster. */
  source: string;
  /** uid of the report. */
  uid: string;
  /** What it is called in the document; empty: not said. */
  name: string;
  /** Empty: not said. */
  version: string;
  /** RFC 3339. */
  generated_at: string;
  /** JSON, without the components. */
  detail: string;
  component_count: number;
  components_hash: string;
};

/** Components of SBOMs, stored once however many list them. */
export type SbomComponentsRow = {
  hash: string;
  /** JSON: all of them. */
  components: string;
};
