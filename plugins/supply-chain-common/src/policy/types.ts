import type { Sha256 } from '../json/canonicalDigest';
import { Evidence, EvidenceOf } from '../model/evidence';
import { Outcome } from '../model/outcome';
import { ReasonCode } from '../model/reasonCodes';
import { RunningImage } from '../model/runningImage';
import { Verdict } from '../model/verdict';
import { Waiver } from '../model/waiver';
import type { KnownExploitedFacts } from '../vulnerabilities/priority';
import { PolicyRule } from './policyRule';

export * from './policyRule';

/**
 * How an identity pattern is written: a string is exact (L15).
 *
 * @public
 */
export type TextPattern = string | { glob: string } | { regexp: string };

/**
 * One accepted certificate identity (L15).
 *
 * @public
 */
export type IdentityPattern = {
  /** `none` must be written for private CAs whose certificates carry no issuer. */
  issuer: TextPattern | 'none';
  subject: TextPattern;
  /** Fulcio extensions by name; all must match. */
  extensions?: Record<string, TextPattern>;
};

/**
 * Whether the trust root wants a proof (L14).
 *
 * @public
 */
export type Requirement = 'required' | 'whenPresent' | 'none';

/**
 * Material a document brings inline or by file, already read: the content, never the path, decides the digest (L20).
 *
 * @public
 */
export type Material = {
  /** The text itself. */
  content: string;
  /** Where it came from, for messages. */
  source: string;
  /** Set when it came from a TUF repository; not part of the content. */
  tuf?: {
    mirror: string;
    /** RFC 3339: when the mirror last vouched for it. */
    checkedAt: string;
    /** RFC 3339: until when its metadata vouches for it. */
    expiresAt: string;
  };
};

/**
 * A key of a trust root with its period of validity.
 *
 * @public
 */
export type TrustKey = {
  material: Material;
  /** RFC 3339. */
  notBefore?: string;
  /** RFC 3339. */
  notAfter?: string;
};

/**
 * What a TrustRoot document trusts.
 *
 * @public
 */
export type TrustRootSpec =
  | {
      type: 'keys';
      keys: TrustKey[];
      transparencyLog: Requirement;
      timestamps: Requirement;
      /** Needed for the log's key when `transparencyLog` or `timestamps` is not `none`. */
      trustedRoot?: Material;
    }
  | {
      type: 'sigstore';
      trustedRoot: Material;
      transparencyLog: Requirement;
      timestamps: Requirement;
      signedCertificateTimestamps: Requirement;
      identities: IdentityPattern[];
    }
  | {
      type: 'contentTrust';
      /** Address of the Notary server, without a trailing slash. */
      server: string;
      pins: ContentTrustPin[];
      /** Only the portal can use it: it needs a place for what it saw first (L16). */
      trustOnFirstUse: boolean;
    }
  | {
      type: 'notation';
      /** A `trustpolicy.json` of the Notary Project. */
      trustPolicy: Material;
      /** By `<type>:<name>`, for instance `ca:acme`. */
      trustStores: Record<string, Material[]>;
    };

/**
 * What the root of a content trust collection must be (L16).
 *
 * @public
 */
export type ContentTrustPin = {
  /** Image pattern; the one with the longest literal part decides. */
  images: string;
} & (
  | {
      type: 'rootKeyIds';
      /** Hex TUF key ids. */
      rootKeyIds: string[];
    }
  | {
      type: 'certificateAuthority';
      /** PEM. */
      certificateAuthority: Material;
    }
);

/**
 * A TrustRoot document, checked and with its files read.
 *
 * @public
 */
export type TrustRoot = {
  name: string;
  title?: string;
  spec: TrustRootSpec;
  /** `sha256:` over the canonical JSON of the content (L20). */
  digest: string;
  /** Things that load but should be seen, for instance `reusableWorkflowOpen` (L15). */
  warnings: DocumentWarning[];
};

/**
 * Something in a document that loads and should be seen.
 *
 * @public
 */
export type DocumentWarning = {
  code:
    | 'reusableWorkflowOpen'
    /** A trust policy of the Notary Project accepts every certificate of its authorities. */
    | 'anySignerOfAuthority'
    /** A trust policy of the Notary Project only audits or skips (L17). */
    | 'neverVerifies';
  message: string;
};

/**
 * Which trust roots must vouch for an image (L12).
 *
 * @public
 */
export type TrustExpression =
  | { type: 'any'; of: string[] }
  | { type: 'all'; of: string[] }
  | { type: 'atLeast'; count: number; of: string[] };

/**
 * What a policy covers. Absent keys cover everything.
 *
 * @public
 */
export type PolicyMatch = {
  entities?: {
    kind?: string[];
    type?: string[];
    namespace?: string[];
    lifecycle?: string[];
    system?: string[];
    owner?: string[];
    ref?: string[];
  };
  clusters?: string[];
  namespaces?: string[];
  images?: string[];
};

/**
 * A SupplyChainPolicy document, checked and with defaults filled in.
 *
 * @public
 */
export type SupplyChainPolicy = {
  name: string;
  title?: string;
  match: PolicyMatch;
  mode: 'audit' | 'warn' | 'enforce';
  onUnknown: 'deny' | 'warn' | 'allow';
  /** Absent: every image is ours (L36). */
  ownImages?: string[];
  platformImages: string[];
  sourceRepositories: string[];
  trust?: TrustExpression;
  waivers: {
    /** Longest time from approval to expiry; absent: documents are not limited, the page allows a year. */
    maxDays?: number;
  };
  rules: PolicyRule[];
  /** `sha256:` over the canonical JSON of the policy and its roots with the contents of their files (L20). */
  digest: string;
};

/**
 * Everything loaded from policy documents.
 *
 * @public
 */
export type PolicySet = {
  policies: SupplyChainPolicy[];
  trustRoots: TrustRoot[];
  /** Waivers in version control (L22). */
  waivers: Waiver[];
  /** `sha256:` over all of it. */
  digest: string;
};

/**
 * The entity a running image belongs to, reduced to what policies match on.
 *
 * @public
 */
export type EntityFacts = {
  ref: string;
  kind: string;
  namespace: string;
  name: string;
  type?: string;
  lifecycle?: string;
  owner?: string;
  system?: string;
  /** `backstage.io/source-location` or its kin, normalised URL. */
  sourceLocation?: string;
  /** Where the catalog entry itself lives, when that is a repository, normalised URL (L24). */
  catalogLocation?: string;
};

/**
 * When a vulnerability was first seen and first had a fix in a repository. A rebuild does not reset it (L21).
 *
 * @public
 */
export type VulnerabilityClock = {
  /** {@link vulnerabilityClockKey} of the finding. */
  key: string;
  /** RFC 3339. */
  firstSeenAt: string;
  /** RFC 3339. */
  firstFixableAt?: string;
  /** Set when it had a fix before anything was read of the repository, so that nothing says since when (L21). */
  fixedBeforeHistory?: true;
};

/**
 * Everything a policy is evaluated on. Facts only; the evaluator fetches nothing.
 *
 * @public
 */
export type PolicyFacts = {
  image: Pick<
    RunningImage,
    | 'imageRef'
    | 'repository'
    | 'digest'
    | 'digestSource'
    | 'imageIDRepository'
    | 'platform'
    | 'started'
    | 'containerType'
  >;
  /** `null`: an image that was named and runs nowhere; `undefined`: not known here, as in the CLI (L29). */
  where?: { cluster: string; namespace: string } | null;
  /** `null`: the workload belongs to no entity; `undefined`: not known here, as in the CLI (L18, L29). */
  entity?: EntityFacts | null;
  origin?: EvidenceOf<'origin'>;
  /** One per signing system. */
  signatures: EvidenceOf<'signature'>[];
  provenance?: EvidenceOf<'provenance'>;
  /** The repository the caller expects, CLI only (`--source-repository`); it takes the place of the entity's. */
  expectedSource?: string;
  /** Every scan that may concern the image, already joined; see `selectScans`. */
  scans: EvidenceOf<'vulnerabilities'>[];
  /**
   * VEX documents that were handed in, already joined. Those that are attested stand in `provenance`; absent: none.
   */
  vex?: EvidenceOf<'vex'>[];
  /** State of the scanners that should report on this image; absent when none is configured. */
  scanner?: { status: 'ok' | 'unavailable'; message?: string };
  vulnerabilityClocks: VulnerabilityClock[];
  /** What is known to be exploited of what the scans name; absent when no catalogue is loaded, which is not "nothing". */
  knownExploited?: KnownExploitedFacts;
};

/**
 * Which rules to evaluate: `verify` looks at signatures and provenance only, and leaves out what it did not look at (L29).
 *
 * @public
 */
export type EvaluationScope = 'all' | 'signatures';

/**
 * A rule that cannot be evaluated on an image, because an earlier try did not end in time or ended the thread it ran in.
 * It cannot tell; the others answer all the same (L19).
 *
 * @public
 */
export type FailedRule = {
  /** Name of the policy. */
  policy: string;
  /** Id of the rule. */
  rule: string;
  reason: 'ruleTimeout' | 'ruleError';
};

/**
 * Arguments of the policy evaluator.
 *
 * @public
 */
export type EvaluationInput = {
  facts: PolicyFacts;
  policies: SupplyChainPolicy[];
  trustRoots: TrustRoot[];
  /**
   * Those in version control and those approved on the page.
   * @defaultValue none
   */
  waivers?: readonly Waiver[];
  /** Evaluation time (L20, L26). */
  now: Date;
  scope?: EvaluationScope;
  /**
   * Rules not to evaluate.
   * @defaultValue none
   */
  failedRules?: readonly FailedRule[];
};

/**
 * What an evaluation gets from where it runs; none of it changes what it says.
 *
 * @public
 */
export type EvaluationRuntime = {
  onRule?: RuleObserver;
  /** @defaultValue the portable one */
  sha256?: Sha256;
};

/**
 * Hears which rule is evaluated next, so that whoever watches from another thread knows which one takes too long.
 *
 * @public
 */
export type RuleObserver = (rule: PolicyRule) => void;

/**
 * What all policies together say of one running image.
 *
 * @public
 */
export type ImageEvaluation = {
  /** The worst of the verdicts (L18). */
  outcome: Outcome;
  /** Why, when there are no findings: `noPolicy` or `noPolicyMatches`; otherwise the reason of the worst finding. */
  reason?: ReasonCode;
  /** One per matching policy, in the order of the policies. */
  verdicts: Verdict[];
};

/** Any evidence, re-exported for readers of this file. */
export type { Evidence };
