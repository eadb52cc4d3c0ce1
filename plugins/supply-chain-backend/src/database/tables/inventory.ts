/** A boolean column as either engine returns it: read it with `Boolean(…)`. */
export type DatabaseBoolean = boolean | number;

/** Catalog entities, reduced to what links and policies need. */
export type EntityRow = {
  /** Full entity ref, lower case. */
  ref: string;
  kind: string;
  namespace: string;
  name: string;
  title: string | null;
  type: string | null;
  /** Full entity ref of the owner. */
  owner: string | null;
  /** Full entity ref of the system. */
  system: string | null;
  /** Full entity ref of the domain. */
  domain: string | null;
  lifecycle: string | null;
  /** Normalised URL. */
  source_location: string | null;
  /** Repository the catalog entry lives in, normalised URL. */
  catalog_location: string | null;
  /** JSON: the annotations that are read. */
  annotations: string;
  hash: string;
  /** When the catalog was last seen to hold it. */
  seen_at: string;
};

/** Pods as their clusters report them. */
export type PodRow = {
  feed: string;
  cluster: string;
  uid: string;
  namespace: string;
  workload_kind: string;
  workload_name: string;
  resource_version: string;
  /** Of the content without its resource version. */
  hash: string;
  /** JSON: the observed pod. */
  content: string;
};

/** The same container of all pods of one workload that run the same image, or an image that an annotation names. */
export type RunningImageRow = {
  /** Hash of what makes it distinct. */
  id: string;
  cluster: string;
  namespace: string;
  workload_kind: string;
  workload_name: string;
  container: string;
  container_type: string;
  /** As written in the pod. */
  image_ref: string;
  /** Normalised (L1). */
  repository: string | null;
  digest: string | null;
  digest_source: string;
  /** When imageID names another repository (L1). */
  image_id_repository: string | null;
  subject_key: string | null;
  platform: string | null;
  started: DatabaseBoolean;
  waiting_reason: string | null;
  pods: number;
  /** JSON: controllers of the pods, for the join with reports. */
  controllers: string;
  /** False: the last known state of something gone. */
  running: DatabaseBoolean;
  /** Named by an annotation of its entity: it has no place, and cluster, namespace, workload and container are empty. */
  annotated: DatabaseBoolean;
  /** Reason code: why an annotated image has no digest. */
  digest_reason: string | null;
  /** Of what verdicts depend on. */
  hash: string;
  first_seen: string;
  last_seen: string;
};

/** Annotated images whose reference is to be resolved to a digest. */
export type ReferenceWorkRow = {
  running_image_id: string;
  /** Read only while its entity runs something from its repository (L30). */
  needs_link: DatabaseBoolean;
  next_attempt_at: string;
  /** Failed attempts in a row. */
  attempts: number;
  /** Changes with every request, so that one made during a run is not lost. */
  ticket: string;
  lease_holder: string | null;
  lease_expires_at: string | null;
};

/** Controllers of running images, for the join with scanner reports. */
export type RunningImageControllerRow = {
  running_image_id: string;
  cluster: string;
  namespace: string;
  kind: string;
  name: string;
};

/** Which entities a running image belongs to. */
export type RunningImageEntityRow = {
  running_image_id: string;
  entity_ref: string;
};

/** Who watches which source; at most one holder, by the clock of the database (L26). */
export type ClusterLeaseRow = {
  /** Name of the source within its feed. */
  cluster: string;
  /** Id of the feed. */
  source: string;
  holder: string;
  fence: number;
  expires_at: string;
};

/** Where the watch of a source goes on. */
export type ResumePointRow = {
  feed: string;
  source: string;
  resource_version: string;
};

/** How each source is doing. */
export type SourceHealthRow = {
  kind: string;
  name: string;
  /** Id of the feed or part that reports it. */
  feed: string | null;
  state: string;
  reason: string | null;
  message: string | null;
  last_success_at: string | null;
  last_failure_at: string | null;
  next_try_at: string | null;
  items: number | null;
  /** JSON: how each resource it is read by is doing. */
  parts: string | null;
  /** Whether it scans whatever runs, and is that of no cluster. */
  of_no_cluster: DatabaseBoolean;
};

/** Single values, for instance the last instant of evaluation (L26). */
export type SettingRow = {
  key: string;
  value: string;
};
