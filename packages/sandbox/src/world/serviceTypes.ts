/** @public */
export type ClusterName = 'prod-eu' | 'prod-us';

/**
 * How an image of the world is signed. Several plans: several signatures.
 * @public
 */
export type SignaturePlan = SigstorePlan | OtherSystemPlan;

/**
 * Signed by another system than Sigstore: `notation` with the certificate of
 * Acme, `contentTrust` by listing the tag in the trust data of its repository.
 * @public
 */
export interface OtherSystemPlan {
  form: 'notation' | 'contentTrust';
}

/** @public */
export interface SigstorePlan {
  /** `bundle`: cosign 3, a referrer. `sigTag`: cosign 2, the tag `sha256-<hex>.sig`. */
  form: 'bundle' | 'sigTag';
  by:
    | 'releaseKey'
    | 'strangerKey'
    | 'vendorKey'
    | 'releaseWorkflow'
    | 'otherWorkflow'
    | 'otherAuthority'
    /** The workflow `build.yml` in place of `release.yml`. */
    | 'buildWorkflow'
    /** A reusable workflow of a builder that isolates builds, called by the release workflow. */
    | 'isolatedBuilder'
    /** The same builder, called from a fork. */
    | 'forkOfIsolatedBuilder';
  /**
   * What is signed. `contradictoryProvenance` names another repository than the
   * certificate does; `vex` says that a vulnerability of every scan does not
   * matter in the image.
   * @defaultValue `signature`
   */
  statement?: 'signature' | 'provenance' | 'contradictoryProvenance' | 'vex';
  /**
   * Which digest the payload names.
   * @defaultValue the image
   */
  payload?: 'image' | 'otherImage';
  /**
   * Which manifest of a multi-arch image is signed.
   * @defaultValue `index`, and the manifest for single-arch images
   */
  target?: 'index' | 'platforms';
  /**
   * How long after the signatures before it.
   * @defaultValue 0
   */
  afterMs?: number;
}

/** @public */
export type ScanPlan =
  | 'clean'
  | 'fixableCriticalOverdue'
  | 'fixableCriticalInLeeway'
  /** A vulnerability that Clair takes for worse. */
  | 'disputed'
  /** Two releases of one service: a vulnerability is fixed from one to the other, another is new. */
  | 'earlierRelease'
  | 'laterRelease'
  | 'stale'
  | 'otherDigest'
  | 'none';

/**
 * The SBOM Trivy Operator reports on a container.
 *
 * - `reported`: of what runs.
 * - `otherDigest`: of what the tag named before.
 * @public
 */
export type SbomPlan = 'reported' | 'otherDigest';

/**
 * What Clair makes of an image.
 *
 * - `knowsNothing`: its packages, and no vulnerability in them.
 * - `disagrees`: the vulnerability of the scan plan `disputed`, worse, and one that Trivy does not know.
 * - `noPackages`: no package, so no result.
 * - `unfinished`: it has not finished.
 * @public
 */
export type ClairPlan =
  | 'knowsNothing'
  | 'disagrees'
  | 'noPackages'
  | 'unfinished';

/**
 * An image of the world.
 * @public
 */
export interface SandboxImage {
  registry: 'own' | 'vendor';
  repository: string;
  tag: string;
  /** An index over linux/amd64, linux/arm64 and an attestation manifest. */
  multiArch?: boolean;
  /** The image it says it was built on; absent: it says nothing. */
  base?: string;
  signatures: SignaturePlan[];
  /** The registry answers 401 for the repository. */
  refused?: boolean;
}

/** @public */
export type SignatureExpectation =
  | {
      status: 'verified';
      relation: 'exact' | 'viaIndex';
      /** @defaultValue `cosign` */
      scheme?: 'cosign' | 'contentTrust' | 'notation';
    }
  | { status: 'unsigned'; reason: 'noSignature' | 'attestedOnly' }
  | {
      status: 'untrustedSigner';
      reason: 'noMatchingKey' | 'identityMismatch';
    }
  | { status: 'invalid'; reason: 'payloadDigestMismatch' }
  | { status: 'unavailable'; reason: 'registryRefused' };

/**
 * What must come out about how an image was made.
 * @public
 */
export interface ProvenanceExpectation {
  status: 'verified' | 'claimed' | 'mismatch' | 'absent';
  /** SLSA Build level. */
  level: 0 | 1 | 2 | 3;
  /** Repository it was built from. */
  source?: string;
}

/**
 * What must come out for one container, under the policy of the world.
 * @public
 */
export interface ContainerExpectation {
  /** Roll-up over the rules (L18). */
  outcome: 'pass' | 'warn' | 'fail' | 'unknown' | 'waived' | 'notApplicable';
  /** Reason codes of the rules that did not pass, worst first. */
  reasons: string[];
  signature: SignatureExpectation;
  /** Absent where no policy asks. */
  provenance?: ProvenanceExpectation;
  vulnerabilities:
    | 'present'
    | 'absent'
    | 'stale'
    | 'otherDigest'
    | 'unavailable';
  /**
   * Of its findings, by both scanners together, each once.
   * @defaultValue not compared
   */
  severities?: Partial<Record<'critical' | 'high' | 'medium' | 'low', number>>;
  /** False for a container that never started: shown, not counted (L4). */
  counted: boolean;
}

/**
 * A container and how it is to be deployed and scanned.
 * @public
 */
export interface ContainerPlan {
  name: string;
  /** @defaultValue `app` */
  type?: 'app' | 'init';
  image: SandboxImage;
  /**
   * How the workload names the image.
   * @defaultValue `digest`: tag and digest together
   */
  pinned?: 'digest' | 'tag';
  /**
   * Which digest the node reports for a multi-arch image.
   * @defaultValue `platform`
   */
  reports?: 'index' | 'platform';
  /** @defaultValue `running` */
  state?: 'running' | 'imagePullBackOff';
  /** What Trivy Operator reports on it. */
  scan: ScanPlan;
  /** @defaultValue none */
  sbom?: SbomPlan;
  /** @defaultValue `knowsNothing` */
  clair?: ClairPlan;
}

/**
 * A container with what must come out for it.
 * @public
 */
export interface SandboxContainer extends ContainerPlan {
  expected: ContainerExpectation;
}

/**
 * What other enforcers of the cluster report on a workload.
 *
 * - `kyvernoMovingTag`: one violation, on the Deployment and on each of its pods.
 * - `trivyAdapter`: the scan of Trivy Operator once more.
 * @public
 */
export type EnforcerPlan = 'kyvernoMovingTag' | 'trivyAdapter';

/**
 * What must be shown of other enforcers' reports on a workload.
 * @public
 */
export interface EnforcerExpectation {
  /** The worst first, each once for the workload. */
  results: Array<{
    source: string;
    policy: string;
    rule: string;
    result: 'pass' | 'fail' | 'warn' | 'error' | 'skip';
  }>;
  /** What is left out because it is counted elsewhere. */
  leftOut: Array<{ source: string; results: number }>;
}

/**
 * What Trivy Operator checks on a workload beside vulnerabilities.
 *
 * - `flawed`: violations in the workload and in a role of its namespace, and a secret in the image.
 * - `clean`: the configuration, without any violation.
 * @public
 */
export type CheckPlan = 'flawed' | 'clean';

/**
 * What must be shown of the checks of one topic, the worst first.
 * @public
 */
export interface CheckExpectation {
  topic: 'configuration' | 'rbac' | 'infrastructure' | 'secrets';
  results: Array<{
    policy: string;
    rule?: string;
    severity: 'critical' | 'high' | 'medium' | 'low';
    result: 'pass' | 'fail';
  }>;
}

/** @public */
export interface SandboxWorkload<C extends ContainerPlan = SandboxContainer> {
  cluster: ClusterName;
  kind: 'Deployment' | 'StatefulSet' | 'CronJob';
  /** @defaultValue the name of the service */
  name?: string;
  /** @defaultValue 1 */
  replicas?: number;
  /**
   * Of the node it runs on.
   * @defaultValue `amd64`
   */
  architecture?: 'amd64' | 'arm64';
  /** Absent: no other enforcer reports on it. */
  otherEnforcers?: { reports: EnforcerPlan; expected: EnforcerExpectation };
  /** Absent: nothing but vulnerabilities is scanned. */
  checks?: { reports: CheckPlan; expected: CheckExpectation[] };
  containers: C[];
}

/**
 * A service of the catalog with everything that runs for it.
 * @public
 */
export interface SandboxService {
  name: string;
  title: string;
  description: string;
  system: 'checkout' | 'core' | 'edge' | 'delivery';
  owner: 'team-payments' | 'team-checkout' | 'team-edge' | 'team-platform';
  /** The state it is there to show, in plain words. */
  shows: string;
  workloads: SandboxWorkload[];
}
