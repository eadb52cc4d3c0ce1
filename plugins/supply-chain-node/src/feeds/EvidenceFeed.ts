import {
  EvidenceOf,
  VulnerabilityDetail,
  WorkloadRef,
} from 'backstage-plugin-supply-chain-common';
import { FeedSink } from './feed';
import { PackedScan, packScan } from './packedScan';
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
 * A report on a scan, its findings ready to be stored. A thread that reads many reports hands over these: as objects,
 * thousands of findings would be copied one by one.
 *
 * @public
 */
export type PackedReport = Omit<ObservedReport, 'evidence'> & {
  evidence: Omit<EvidenceOf<'vulnerabilities'>, 'detail'> & {
    detail?: Pick<
      VulnerabilityDetail,
      'scannedAt' | 'artifact' | 'platform'
    > & {
      packed: PackedScan;
    };
  };
};

/**
 * Makes a report ready to be stored, unless it is.
 *
 * @param texts - as for `packScan`
 * @public
 */
export function packReport(
  report: ObservedReport | PackedReport,
  texts?: Map<string, string>,
): PackedReport {
  const { evidence, ...place } = report;
  const { detail, ...about } = evidence;
  if (!detail || 'packed' in detail) {
    return { ...place, evidence: { ...about, ...(detail && { detail }) } };
  }
  const { scannedAt, artifact, platform } = detail;
  return {
    ...place,
    evidence: {
      ...about,
      detail: {
        scannedAt,
        artifact,
        ...(platform && { platform }),
        packed: packScan(detail, texts),
      },
    },
  };
}

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
    sink: FeedSink<ObservedReport | PackedReport>,
    options: EvidenceFeedOptions,
  ): Promise<void>;
}
