import {
  EvaluationScope,
  explainNoDigest,
  ImageEvaluation,
  PolicySet,
} from 'backstage-plugin-supply-chain-common';
import { EvaluationPool } from 'backstage-plugin-supply-chain-node/evaluation';
import { ExaminedImage } from './ImageExaminer';

/** An image with what the policies say of it. */
export type JudgedImage = ExaminedImage & { evaluation: ImageEvaluation };

/** Evaluates the rules of a scope, all images at the same instant (L20, L29). */
export async function judgeImages(
  images: ExaminedImage[],
  {
    policySet,
    now,
    scope,
  }: { policySet: PolicySet; now: Date; scope: EvaluationScope },
): Promise<JudgedImage[]> {
  const pool = EvaluationPool.create();
  try {
    const evaluations = await pool.evaluate({
      policies: policySet.policies,
      trustRoots: policySet.trustRoots,
      waivers: policySet.waivers,
      items: images.map(({ facts }) => ({ facts, now, scope })),
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
