import { Digest } from './digest';
import { ReasonCode } from './reasonCodes';
import { PlaceLook, SignaturePlace, TrustCheck } from './signature';
import { VexDetail } from './vex';
import { VulnerabilityDetail } from './vulnerability';

/**
 * What a build platform says of a build, in one form whatever the predicate. Written by the build: only what the
 * certificate says beside it is proven.
 *
 * @public
 */
export type BuildClaims = {
  /** `builder.id`. */
  builderId: string;
  buildType: string;
  source?: SourceClaim;
  /** Path of the workflow or build configuration inside the repository. */
  workflow?: string;
  /** For instance `push` or `pull_request_target`. */
  trigger?: string;
  /** Address of the run. */
  invocationId?: string;
  /** RFC 3339. */
  startedOn?: string;
  /** RFC 3339. */
  finishedOn?: string;
  /** Immutable ids of the forge, where the predicate gives them. */
  repositoryId?: string;
  ownerId?: string;
  /** `github-hosted`, `self-hosted` … as the predicate gives it. */
  runnerEnvironment?: string;
  /** Number of resolved dependencies or materials. */
  dependencies: number;
};

/**
 * Where a build says its source is.
 *
 * @public
 */
export type SourceClaim = {
  /** As written, for instance `git+https://github.com/acme/web@refs/tags/v1`. */
  uri: string;
  /** Normalised `https://host/path`, when it can be read as a repository. */
  repository?: string;
  /** For instance `refs/tags/v1.0.0`. */
  ref?: string;
  /** Commit, in hex. */
  commit?: string;
};

/**
 * A verification summary: https://slsa.dev/spec/v1.2/verification_summary
 *
 * @public
 */
export type VerificationSummary = {
  verifierId: string;
  /** RFC 3339. */
  timeVerified?: string;
  resourceUri: string;
  policyUri?: string;
  result: 'PASSED' | 'FAILED';
  /** For instance `SLSA_BUILD_LEVEL_3`. */
  verifiedLevels: string[];
  slsaVersion?: string;
};

/**
 * A scan that was attested. What it is of, the statement says.
 *
 * @public
 */
export type AttestedScan = Omit<VulnerabilityDetail, 'artifact'>;

/**
 * What the predicate of a statement says.
 *
 * - `vulnerabilityScan`: without `scan`, its `problem` says why it cannot be used. It says nothing of how the image was made.
 * - `vex`: the same for what somebody states about vulnerabilities.
 * - `other`: known or unknown, listed by its type and not read.
 * - `unreadable`: a provenance or a summary whose body has not the form of its type.
 *
 * @public
 */
export type PredicateContent =
  | {
      type: 'slsaProvenance';
      version: '0.1' | '0.2' | '1';
      claims: BuildClaims;
    }
  | { type: 'verificationSummary'; summary: VerificationSummary }
  | { type: 'vulnerabilityScan'; scan?: AttestedScan; problem?: ReasonCode }
  | { type: 'vex'; document?: VexDetail; problem?: ReasonCode }
  | { type: 'other' }
  | { type: 'unreadable'; message: string };

/**
 * One statement about how an image was made, with what every configured trust root says of it.
 *
 * @public
 */
export type ProvenanceStatement = {
  predicateType: string;
  content: PredicateContent;
  foundIn: SignaturePlace;
  /** Digest of the manifest that carries it. */
  carrier: Digest;
  covers?: Digest;
  /** Whether it covers the subject itself or an index that lists it (L3). */
  relation: 'exact' | 'viaIndex';
  /** False for a bare statement, as BuildKit writes them: at most a claim, whoever signed the index. */
  signed: boolean;
  /** Empty for bare statements. */
  checks: TrustCheck[];
};

/**
 * The build of another digest of the same repository, as it was remembered: what a change is told against.
 *
 * @public
 */
export type EarlierBuild = {
  digest: Digest;
  /** RFC 3339. */
  firstSeenAt: string;
  /** RFC 3339: when it was attested, by a trusted clock; builds are put in this order where it is known. */
  attestedAt?: string;
  builder?: string;
  repository?: string;
  repositoryId?: string;
  workflow?: string;
};

/**
 * Everything found out about how an image was made. Judged per policy by `provenanceFor`.
 *
 * @public
 */
export type ProvenanceDetail = {
  statements: ProvenanceStatement[];
  trail: PlaceLook[];
  /** The build seen before this one in the same repository, verified by some trust root. */
  earlier?: EarlierBuild;
};
