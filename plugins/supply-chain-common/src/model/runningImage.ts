import { Digest } from './digest';
import { ReasonCode } from './reasonCodes';

/**
 * Where the digest of a running container was read from (L4).
 *
 * - `imageID`: the kubelet's status, the only one that says what runs.
 * - `specDigest`: the reference in the pod's spec names it.
 * - `tagResolvedNow`: the tag was resolved at the registry just now; it may have moved since the pod started.
 * - `none`: nowhere.
 *
 * @public
 */
export type DigestSource = 'imageID' | 'specDigest' | 'tagResolvedNow' | 'none';

/**
 * The list of the pod a container stands in. Image volumes count as well (L4).
 *
 * @public
 */
export type ContainerType = 'app' | 'init' | 'sidecar' | 'ephemeral' | 'volume';

/**
 * A Kubernetes object by kind and name, in the namespace of the thing that carries it.
 *
 * @public
 */
export type WorkloadRef = { kind: string; name: string };

/**
 * One container of a pod as its API server reports it.
 *
 * @public
 */
export type ObservedContainer = {
  name: string;
  type: ContainerType;
  /** The reference in the pod's spec, as written. */
  imageRef: string;
  /** `status…imageID`, as written; empty when the kubelet gave none. */
  imageID: string;
  /** Whether the container has ever started. One that never did is shown and not counted (L4). */
  started: boolean;
  /** The reason of a waiting container, for instance `ImagePullBackOff`. */
  waitingReason?: string;
};

/**
 * A pod, reduced to what this product needs.
 *
 * @public
 */
export type ObservedPod = {
  uid: string;
  namespace: string;
  name: string;
  labels: Record<string, string>;
  phase: string;
  /** `os/architecture` of the pod's node, for instance `linux/amd64`. */
  platform?: string;
  /** The topmost known owner: Deployment rather than ReplicaSet, CronJob rather than Job, the pod itself without owner. */
  workload: WorkloadRef;
  /** The direct controller (ReplicaSet, Job …) or the pod itself: what Trivy Operator's reports name. */
  controller: WorkloadRef & { uid: string };
  containers: ObservedContainer[];
  resourceVersion: string;
};

/**
 * An image that an annotation of an entity names. As far as this portal sees, it runs nowhere.
 *
 * @public
 */
export type AnnotatedImage = {
  /** The reference in the annotation, as written. */
  imageRef: string;
  /** Normalised repository of `imageRef` (L1); absent when the reference cannot be read. */
  repository?: string;
  digest?: Digest;
  /** Never `imageID`: no kubelet reports it. */
  digestSource: Exclude<DigestSource, 'imageID'>;
  /** Why there is no digest. */
  digestReason?: ReasonCode;
  /** RFC 3339: since when it is named. */
  firstSeen: string;
  /** RFC 3339: when its digest was last found out; when it was named, before that. */
  lastSeen: string;
};

/**
 * The same container of all pods of one workload that run the same image.
 *
 * @public
 */
export type RunningImage = {
  cluster: string;
  namespace: string;
  workload: WorkloadRef;
  container: string;
  containerType: ContainerType;
  /** The reference in the pod's spec, as written. */
  imageRef: string;
  /** Normalised repository of `imageRef` (L1); absent when the reference cannot be read. */
  repository?: string;
  digest?: Digest;
  digestSource: DigestSource;
  /** The repository `imageID` named, when it is another one than that of the spec (L1). */
  imageIDRepository?: string;
  /** `os/architecture` of the pods' nodes; several, sorted and joined by commas, where the pods run on several (L2). */
  platform?: string;
  started: boolean;
  waitingReason?: string;
  /** Number of pods. */
  pods: number;
  /** Controllers of these pods, for the join with scanner reports. */
  controllers: WorkloadRef[];
  entityRefs: string[];
  /** RFC 3339. */
  firstSeen: string;
  /** RFC 3339. */
  lastSeen: string;
};
