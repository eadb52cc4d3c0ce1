import { EvidenceOf } from 'backstage-plugin-supply-chain-common';
import { FeedSink } from './feed';

/**
 * What a report of another enforcer says of one object.
 *
 * @public
 */
export type ObservedObject = {
  /** uid of the object, when the report gives one: a pod of the same name may be another pod. */
  uid?: string;
  /**
   * The evidence. Its subject is the object as the report names it: a Pod or ReplicaSet as well as a Deployment. Who
   * owns it is found where the running images are known. A Role, which runs nothing, belongs to its namespace.
   */
  evidence: EvidenceOf<'policyReport'>;
};

/**
 * What a report says of a cluster as a whole, or of one of its objects that lies in no namespace. Its subject is the
 * cluster; no service is meant by it.
 *
 * @public
 */
export type ClusterEvidence =
  | EvidenceOf<'policyReport'>
  | EvidenceOf<'compliance'>
  | EvidenceOf<'vulnerabilities'>;

/**
 * A report of another enforcer, as a cluster holds it.
 *
 * @public
 */
export type ObservedPolicyReport = {
  /** uid of the report object. */
  uid: string;
  resourceVersion: string;
  /** Empty for a report on something that runs nothing, such as a ConfigMap. */
  objects: ObservedObject[];
  /** For a report on the cluster as a whole or on an object of it in no namespace. */
  cluster?: ClusterEvidence;
};

/**
 * A source of other enforcers' results. Steps as for {@link InventoryFeed}.
 *
 * @public
 */
export interface PolicyReportFeed {
  /** Stable id, for instance `policy-reports`. */
  readonly id: string;
  /**
   * What its sources are called on the sources page: `checks` for what a scanner of the cluster checks beside
   * vulnerabilities. Its reports say so by `detail.topic`.
   *
   * @defaultValue `enforcer`
   */
  readonly sourceKind?: 'enforcer' | 'checks';
  run(
    sink: FeedSink<ObservedPolicyReport>,
    options: { signal: AbortSignal },
  ): Promise<void>;
}

/**
 * Where a report comes from.
 *
 * @public
 */
export type ReportOrigin<R extends string> = {
  cluster: string;
  resource: R;
  /** What an object of the resource says of itself. */
  expected: { apiVersion: string; kind: string };
  /** RFC 3339: when it was read. */
  seenAt: string;
};

/**
 * A report, or why nothing can be said of what it is about. A report with a `problem` is kept, and named in the health of
 * its source too.
 *
 * @public
 */
export type ParsedReport<T = ObservedPolicyReport> =
  | { kind: 'report'; report: T; problem?: string }
  | { kind: 'malformed'; message: string };
