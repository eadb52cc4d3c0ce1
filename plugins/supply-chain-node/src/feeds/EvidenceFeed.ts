import { EvidenceOf, WorkloadRef } from 'backstage-plugin-supply-chain-common';
import { FeedSink } from './feed';
import { RunningContents } from './RunningContents';

/**
 * A report about one container of one controller, as a cluster holds it: a scan of its image, or an SBOM of it.
 *
 * @public
 */
export type ObservedReport<
  K extends 'vulnerabilities' | 'sbom' = 'vulnerabilities',
> = {
  /** uid of the report object. */
  uid: string;
  resourceVersion: string;
  namespace: string;
  /** The object the report names: ReplicaSet, StatefulSet, Job, Pod … never a Deployment. */
  controller: WorkloadRef;
  container: string;
  /**
   * The evidence. Its subject is the content when the report names a digest, the workload otherwise.
   * A report that cannot be read has status `invalid` and a reason.
   */
  evidence: EvidenceOf<K>;
};

/**
 * What a feed of evidence gets for its run.
 *
 * @public
 */
export type EvidenceFeedOptions = {
  signal: AbortSignal;
  /** What runs: for scanners that are asked about each image, and hold no list of what is in a cluster. */
  contents: RunningContents;
};

/**
 * A source of evidence that is watched rather than asked. Steps as for {@link InventoryFeed}.
 *
 * @public
 */
export interface EvidenceFeed {
  /** Stable id, for instance `trivy`. */
  readonly id: string;
  run(
    sink: FeedSink<ObservedReport>,
    options: EvidenceFeedOptions,
  ): Promise<void>;
}
