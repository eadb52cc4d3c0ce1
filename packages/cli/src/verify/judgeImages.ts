import {
  EvaluationScope,
  explainNoDigest,
  ImageEvaluation,
  PolicyFacts,
  PolicySet,
} from 'backstage-plugin-supply-chain-common';
import { EvaluationPool } from 'backstage-plugin-supply-chain-node/evaluation';
import { ExaminedImage } from './ImageExaminer';

/** An image with what the policies say of it. */
export type JudgedImage = ExaminedImage & { evaluation: ImageEvaluation };

/** What facts are judged by. */
export type Judging = { policySet: PolicySet; scope: EvaluationScope };

/** Evaluates the rules of a scope, all images at the same instant (L20, L29). */
export async function judgeImages(
  images: ExaminedImage[],
  { now, ...judging }: Judging & { now: Date },
): Promise<JudgedImage[]> {
  const evaluations = await judgeFacts(
    images.map(({ facts }) => ({ facts, now })),
    judging,
  );
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
}

/** What the policies say of some facts, in their order. */
export async function judgeFacts(
  items: { facts: PolicyFacts; now: Date }[],
  { policySet, scope }: Judging,
): Promise<ImageEvaluation[]> {
  return withJudge(judge => judge(items, { policySet, scope }));
}

/** Judges as {@link judgeFacts} does, again and again. */
export type Judge = typeof judgeFacts;

/** Keeps the threads that evaluate for some work of many parts. */
export async function withJudge<T>(
  work: (judge: Judge) => Promise<T>,
): Promise<T> {
  const pool = EvaluationPool.create();
  try {
    return await work((items, { policySet, scope }) =>
      pool.evaluate({
        policies: policySet.policies,
        trustRoots: policySet.trustRoots,
        waivers: policySet.waivers,
        items: items.map(each => ({ ...each, scope })),
      }),
    );
  } finally {
    await pool.close();
  }
}
