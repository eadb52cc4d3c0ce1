import { Outcome } from '../model/outcome';
import { Verdict } from '../model/verdict';
import type {
  Placement,
  ProvenanceSummary,
  SignatureSummary,
  VulnerabilitySummary,
} from '../schema/openapi';
import { ImageAnswers } from './answersOf';
import { VerifiedSigner } from './verifiedSigners';

/**
 * One running image of one entity with everything that any page, count, list or export says of it. Plain JSON:
 * stored as it is, and all summaries are made from it.
 *
 * @public
 */
export type JudgedImage = {
  /** `repository@digest`, or the reference where one of them is not known: images with one key are one row. */
  key: string;
  /** As written in the workload. */
  imageRef: string;
  repository?: string;
  digest?: string;
  /** False when its container never started: shown, not counted (L4). */
  counted: boolean;
  /** False for the last known state of something that no longer runs. */
  running: boolean;
  /** Not ours under any matching policy (L36). */
  thirdParty: boolean;
  /** The platform team answers for it (L36). */
  platformImage: boolean;
  outcome: Outcome;
  reason?: string;
  verdicts: Verdict[];
  /** Outcome per question; a question no rule asks is left out. */
  answers: ImageAnswers;
  /** Absent when no policy says anything about signatures, or the digest is not known. */
  signature?: SignatureSummary;
  /** Whose signatures policies accept; absent when there are none. */
  signers?: VerifiedSigner[];
  /** Absent when no policy asks how it was made, or the digest is not known. */
  provenance?: ProvenanceSummary;
  /** Absent when the digest is not known. */
  vulnerabilities?: VulnerabilitySummary;
  /** Critical findings with a fix. */
  fixableCritical: number;
  /** Of these, past the time limit of a policy. */
  fixableCriticalOverdue: number;
  placement: Placement;
  /** RFC 3339. */
  evaluatedAt: string;
};
