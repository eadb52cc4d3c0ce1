import { Outcome } from '../model/outcome';
import { Verdict } from '../model/verdict';
import type {
  ImageAnnotation,
  Placement,
  ProvenanceSummary,
  SignatureSummary,
  VulnerabilitySummary,
} from '../schema/openapi';
import { ImageAnswers } from './answersOf';
import { VerifiedSigner } from './verifiedSigners';

/**
 * One image of one entity with everything that any page, count, list or export says of it: one that runs or ran, or one
 * that an annotation names. Plain JSON: stored as it is, and all summaries are made from it.
 *
 * @public
 */
export type JudgedImage = {
  /** `repository@digest`, or the reference where one of them is not known: images with one key are one row. */
  key: string;
  /** As written in the workload or annotation. */
  imageRef: string;
  repository?: string;
  digest?: string;
  /** False when its container never started (L4), and for an annotated image: shown, not counted. */
  counted: boolean;
  /** False for the last known state of something that no longer runs, and for an annotated image. */
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
  /** Where it runs or ran; absent for an annotated image, which runs nowhere. */
  placement?: Placement;
  /** Set for an image that an annotation names. */
  annotation?: ImageAnnotation;
  /** RFC 3339. */
  evaluatedAt: string;
};
