import { ReasonCode } from '../../model/reasonCodes';
import { ImageEvaluation } from '../types';

/**
 * Why the digest of an image is not known, when no cluster was asked for it.
 *
 * @public
 */
export type NoDigest = {
  /** The reference, as written. */
  imageRef: string;
  reason: ReasonCode;
  /** Completes "The digest … cannot be told:", without a full stop. */
  message: string;
};

/**
 * Puts in place of `digestUnknown`, which is about clusters, why an image that was named has no digest. Rules only know
 * that there is none.
 *
 * @public
 */
export function explainNoDigest(
  evaluation: ImageEvaluation,
  why: NoDigest,
): ImageEvaluation {
  const { imageRef, reason, message } = why;
  return {
    ...withReason(evaluation, reason),
    verdicts: evaluation.verdicts.map(verdict => ({
      ...withReason(verdict, reason),
      findings: verdict.findings.map(finding =>
        finding.reason === 'digestUnknown'
          ? {
              ...finding,
              reason,
              message: `The digest of "${imageRef}" cannot be told: ${message}.`,
              remediation: undefined,
            }
          : finding,
      ),
    })),
  };
}

function withReason<T extends { reason?: ReasonCode }>(
  judged: T,
  reason: ReasonCode,
): T {
  return judged.reason === 'digestUnknown' ? { ...judged, reason } : judged;
}
