import { Finding } from './finding';
import { Outcome } from './outcome';
import { ReasonCode } from './reasonCodes';
import { SignatureStatus } from './signature';

/**
 * A policy by name and by the digest of its content and that of the files it names (L20).
 *
 * @public
 */
export type PolicyRef = { name: string; title?: string; digest: string };

/**
 * What one policy says of one running image (L18, L20).
 *
 * @public
 */
export type Verdict = {
  policy: PolicyRef;
  outcome: Outcome;
  /** The reason of the worst finding; without findings why there are none, for instance `noPolicyMatches`. */
  reason?: ReasonCode;
  findings: Finding[];
  /** Signature status under this policy's trust (L10). */
  signature?: { status: SignatureStatus; reason?: ReasonCode };
  /** `sha256:` over the canonical JSON of the facts. */
  factsDigest: string;
  /** `sha256:` over the canonical JSON of the waivers that concern this image under this policy, ended ones included. */
  waiverDigest: string;
  /** RFC 3339. */
  evaluatedAt: string;
  /** RFC 3339: the earliest instant at which the clock alone changes the verdict. */
  nextChangeAt?: string;
  /** Match keys that had no context and counted as matching, CLI only (L29). */
  contextMissing?: string[];
};
