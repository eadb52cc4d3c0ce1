import {
  explainNoDigest,
  ImageEvaluation,
  PolicySet,
} from 'backstage-plugin-supply-chain-common';
import { EvaluationPool } from 'backstage-plugin-supply-chain-node/evaluation';
import { ExaminedImage } from './ImageExaminer';

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
      waivers: policySet.waivers,
      items: images.map(({ facts }) => ({ facts, now, scope: 'signatures' })),
    });
    return images.map((image, index) => {
      const { failure, imageRef } = image;
      const evaluation = evaluations[index];
      return {
        ...image,
        evaluation: failure
          ? explainNoDigest(evaluation, { imageRef, ...failure })
          : evaluation,
      };
    });
  } finally {
    await pool.close();
  }
}
