import {
  ImageEvaluation,
  PolicySet,
} from 'backstage-plugin-supply-chain-common';
import { EvaluationPool } from 'backstage-plugin-supply-chain-node/evaluation';
import { ExaminedImage } from './ImageExaminer';
import { ResolveFailure } from './resolveImage';

/** An image with what the policies say of it. */
export type JudgedImage = ExaminedImage & { evaluation: ImageEvaluation };

/** Evaluates the rules about signatures and provenance, all images at the same instant (L20, L29). */
export async function judgeImages(
  images: ExaminedImage[],
  { policySet, now }: { policySet: PolicySet; now: Date },
): Promise<JudgedImage[]> {
  const pool = EvaluationPool.create();
  try {
    const evaluations = await pool.evaluate({
      policies: policySet.policies,
      trustRoots: policySet.trustRoots,
      items: images.map(({ facts }) => ({ facts, now, scope: 'signatures' })),
    });
    return images.map((image, index) => ({
      ...image,
      evaluation: explainNoDigest(evaluations[index], image),
    }));
  } finally {
    await pool.close();
  }
}

/** Rules only know that there is no digest; the registry said why. */
function explainNoDigest(
  evaluation: ImageEvaluation,
  { failure, imageRef }: ExaminedImage,
): ImageEvaluation {
  return failure
    ? {
        ...withReason(evaluation, failure),
        verdicts: evaluation.verdicts.map(verdict => ({
          ...withReason(verdict, failure),
          findings: verdict.findings.map(finding =>
            finding.reason === 'digestUnknown'
              ? {
                  ...withReason(finding, failure),
                  message: `The digest of "${imageRef}" cannot be told: ${failure.message}.`,
                  remediation: undefined,
                }
              : finding,
          ),
        })),
      }
    : evaluation;
}

function withReason<T extends { reason?: string }>(
  judged: T,
  { reason }: ResolveFailure,
): T {
  return judged.reason === 'digestUnknown' ? { ...judged, reason } : judged;
}
