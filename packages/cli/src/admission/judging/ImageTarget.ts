import {
  matchPolicy,
  parseImageReference,
} from 'backstage-plugin-supply-chain-common';
import type { ResolvedImage } from '../../verify/resolveImage';
import { ImageLooks } from '../looks';
import { admissionFacts } from './admissionFacts';
import { ImageTask } from './WorkloadQuestion';

/** What is judged of a container. */
export type ImageTarget = {
  /** The reference as it will be stored. */
  imageRef: string;
  /** Absent when the reference cannot be read. */
  resolved?: ResolvedImage;
  /** Whether what is judged is what will be pulled (L23). */
  pinned: boolean;
  /** Set when the reference is to be rewritten. */
  pinnedRef?: string;
};

/**
 * Finds the digest to judge. A tag is resolved once: what is looked at, judged and written is the same digest, wherever
 * the tag points afterwards.
 */
export async function findTarget(
  task: ImageTask,
  looks: Pick<ImageLooks, 'resolve'>,
): Promise<ImageTarget> {
  const { imageRef } = task.container;
  const parsed = parseImageReference(imageRef);
  if (!parsed.ok) {
    return { imageRef, pinned: false };
  }
  const { reference } = parsed;
  const resolved = await looks.resolve(
    { imageRef, reference },
    task.verificationLeftMs(),
  );
  const { digest } = resolved;
  if (reference.digest || !digest || !mayRewrite(task, resolved)) {
    const pinned = reference.digest !== undefined;
    return { imageRef, resolved, pinned };
  }
  const pinnedRef = `${imageRef}@${digest}`;
  return {
    imageRef: pinnedRef,
    pinnedRef,
    pinned: true,
    resolved: {
      imageRef: pinnedRef,
      reference: { ...reference, digest },
      digest,
      digestSource: 'specDigest',
    },
  };
}

/** Only where a policy enforces: elsewhere what is written stays (L23). Whether one matches depends on no evidence. */
function mayRewrite(task: ImageTask, resolved: ResolvedImage): boolean {
  const { container, question, policySet, place, entities } = task;
  const enforced = policySet.policies.filter(({ mode }) => mode === 'enforce');
  return (
    question.rewrite &&
    entities.some(({ entity }) => {
      const { imageRef } = container;
      const facts = admissionFacts({
        container,
        imageRef,
        resolved,
        place,
        entity,
      });
      return enforced.some(policy => matchPolicy(policy, facts).matches);
    })
  );
}
