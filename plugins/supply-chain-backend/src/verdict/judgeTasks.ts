import {
  EntityFacts,
  ImageEvaluation,
  PolicySet,
  explainNoDigest,
  judgeImage,
  reasonDefinition,
  vulnerabilityFigures,
} from 'backstage-plugin-supply-chain-common';
import { EvaluationPool } from 'backstage-plugin-supply-chain-node/evaluation';
import { factsOf } from './factsOf';
import { JudgedTask, Judgement, VerdictInput } from '../stores/VerdictStore';

/** An evaluation that came to no end is tried again after this long, doubled each time up to the second. */
const UNDECIDED_FIRST_MS = 30_000;
const UNDECIDED_LONGEST_MS = 30 * 60_000;

/** Options of {@link judgeTasks}. */
export type JudgeTasksOptions = {
  inputs: VerdictInput[];
  policySet: PolicySet;
  pool: Pick<EvaluationPool, 'evaluate'>;
  now: Date;
};

type Case = { input: VerdictInput; entity: EntityFacts | null };

/** Evaluates all policies on some running images, once for each entity they belong to (L18). */
export async function judgeTasks(
  options: JudgeTasksOptions,
): Promise<JudgedTask[]> {
  const { inputs, policySet, pool, now } = options;
  const { policies, trustRoots, waivers } = policySet;
  const cases: Case[] = inputs.flatMap(input =>
    (input.entities.length > 0 ? input.entities : [null]).map(entity => ({
      input,
      entity,
    })),
  );
  const items = cases.map(each => ({
    facts: factsOf({ ...each, trustRoots }),
    now,
  }));
  const evaluations = await pool.evaluate({
    policies,
    trustRoots,
    waivers,
    items,
  });
  const judgements = cases.map(({ input, entity }, index) => {
    const { decided, ...evaluated } = evaluations[index];
    const evaluation = explained(evaluated, input.image);
    const { facts } = items[index];
    const figures = vulnerabilityFigures({ facts, policies, trustRoots, now });
    const judged = judgeImage({
      image: input.image,
      running: true,
      facts,
      policies,
      trustRoots,
      evaluation,
      figures,
      now,
    });
    const judgement: Judgement = {
      entityRef: entity?.ref ?? '',
      evaluation,
      judged,
      ...(judged.vulnerabilities &&
        figures.findings && { findings: figures.findings }),
    };
    return { input, judgement, decided };
  });
  return inputs.map(input => {
    const own = judgements.filter(each => each.input === input);
    return {
      task: input.task,
      judgements: own.map(each => each.judgement),
      ...againOf({
        decided: own.every(each => each.decided),
        judgements: own.map(each => each.judgement),
        attempts: input.task.attempts,
      }),
    };
  });
}

/** Rules only know that there is no digest; who resolved the reference knows why. */
function explained(
  evaluation: ImageEvaluation,
  image: VerdictInput['image'],
): ImageEvaluation {
  if (!('digestReason' in image) || !image.digestReason) {
    return evaluation;
  }
  const { imageRef, digestReason: reason } = image;
  const message = reasonDefinition(reason).meaning.replace(/\.$/, '');
  return explainNoDigest(evaluation, { imageRef, reason, message });
}

function againOf(options: {
  decided: boolean;
  judgements: Judgement[];
  attempts: number;
}): Pick<JudgedTask, 'again'> {
  const { decided, judgements, attempts } = options;
  if (!decided) {
    // L19: neither an error nor a timeout is an answer to keep.
    const afterMs = UNDECIDED_FIRST_MS * 2 ** Math.min(attempts, 10);
    return { again: { afterMs: Math.min(afterMs, UNDECIDED_LONGEST_MS) } };
  }
  const [at] = judgements
    .flatMap(each => each.evaluation.verdicts)
    .flatMap(verdict => verdict.nextChangeAt ?? [])
    .sort();
  return at ? { again: { at } } : {};
}
