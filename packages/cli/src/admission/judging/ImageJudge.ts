import {
  admissionOutcome,
  explainNoDigest,
  ImageEvaluation,
  PolicyFacts,
  portalWaiversAtAdmission,
  strictestDecision,
  undecidedEvaluation,
  Waiver,
  worstOutcome,
} from 'backstage-plugin-supply-chain-common';
import { EvaluationPool } from 'backstage-plugin-supply-chain-node/evaluation';
import { ImageLook } from '../looks';
import { within } from '../within';
import { admissionFacts } from './admissionFacts';
import { EvaluationMemory } from './EvaluationMemory';
import { ImageTarget } from './ImageTarget';
import { JudgedContainer, JudgedPolicy } from './JudgedContainer';
import { KnownContent, KnownEntity, PortalKnowledge } from './PortalKnowledge';
import { ImageTask } from './WorkloadQuestion';

/** Options of {@link ImageJudge}. */
export type ImageJudgeOptions = {
  pool: Pick<EvaluationPool, 'evaluate'>;
  portal: Pick<PortalKnowledge, 'contentOf'>;
  platforms?: readonly string[];
  /** Evaluations that are kept. */
  evaluationsMax: number;
};

/** An image with what is known of it. */
export type KnownImage = {
  task: ImageTask;
  target: ImageTarget;
  /** Absent when the reference cannot be read. */
  look?: ImageLook;
};

type Question = {
  facts: PolicyFacts;
  /** Approved on the page. */
  waivers: Waiver[];
  key: string;
};

/** Says what the policies make of an image of which everything is known. */
export class ImageJudge {
  readonly #options: ImageJudgeOptions;
  readonly #memory: EvaluationMemory;

  static create(options: ImageJudgeOptions): ImageJudge {
    return new ImageJudge(options);
  }

  private constructor(options: ImageJudgeOptions) {
    const { evaluationsMax } = options;
    this.#options = options;
    this.#memory = EvaluationMemory.create({ entriesMax: evaluationsMax });
  }

  /** A workload of several entities is judged as each of them (L18). */
  async judge(known: KnownImage): Promise<JudgedContainer> {
    const { task, target } = known;
    const content = this.#contentOf(known);
    const judged = await Promise.all(
      task.entities.map(entity => this.#judgeAs(entity, known, content)),
    );
    const policies = judged.flat();
    const { pinnedRef } = target;
    return {
      container: task.container,
      outcome: worstOutcome(policies.map(({ verdict }) => verdict.outcome)),
      decision: strictestDecision(
        policies.map(({ outcome }) => outcome.decision),
      ),
      policies,
      ...(pinnedRef !== undefined && { pinnedRef }),
    };
  }

  #contentOf({ task, target, look }: KnownImage): KnownContent | undefined {
    const { digest, reference } = target.resolved ?? {};
    return digest && reference
      ? this.#options.portal.contentOf(
          {
            repository: reference.repository,
            digest,
            origin: look?.image.facts.origin?.detail,
          },
          task.now,
        )
      : undefined;
  }

  async #judgeAs(
    entity: KnownEntity,
    known: KnownImage,
    content: KnownContent | undefined,
  ): Promise<JudgedPolicy[]> {
    const { task, target, look } = known;
    const { container, place } = task;
    const { imageRef, resolved, pinned } = target;
    const { platforms } = this.#options;
    const facts = admissionFacts({
      ...{ container, imageRef, resolved, place, content, platforms },
      entity: entity.entity,
      found: look?.image.facts,
    });
    const parts = [look?.version, content?.version, entity.version];
    const key = JSON.stringify([
      ...[task.policySet.digest, ...parts],
      ...[place.namespace, imageRef, container.type],
    ]);
    const { waivers = [] } = content ?? {};
    const evaluation = await this.#evaluate(task, { facts, waivers, key });
    const { failure } = resolved ?? {};
    const { verdicts } = failure
      ? explainNoDigest(evaluation, { imageRef, ...failure })
      : evaluation;
    return verdicts.map(verdict =>
      judgedPolicyOf({ task, verdict, pinned, entity: entity.entity }),
    );
  }

  async #evaluate(
    task: ImageTask,
    { facts, waivers: ofPage, key }: Question,
  ): Promise<ImageEvaluation> {
    const { policySet, now } = task;
    const known = this.#memory.get(key, now);
    if (known) {
      return known;
    }
    const { policies, trustRoots } = policySet;
    const waivers = [
      ...policySet.waivers,
      ...portalWaiversAtAdmission({ waivers: ofPage, policies, facts }),
    ];
    const under = { policies, trustRoots, waivers };
    const evaluating = this.#options.pool
      .evaluate({ ...under, items: [{ facts, now }] })
      .then(([evaluation]) => {
        this.#memory.remember(key, evaluation);
        return evaluation;
      });
    return (
      (await within(evaluating, task.totalLeftMs())) ??
      undecidedEvaluation({ ...under, facts, now }, 'ruleTimeout')
    );
  }
}

function judgedPolicyOf(options: {
  task: ImageTask;
  verdict: ImageEvaluation['verdicts'][number];
  pinned: boolean;
  entity: KnownEntity['entity'];
}): JudgedPolicy {
  const { task, verdict, pinned, entity } = options;
  const policy = task.policySet.policies.find(
    ({ name }) => name === verdict.policy.name,
  )!;
  const { name, digest, mode, onUnknown } = policy;
  const { outcome, findings } = verdict;
  return {
    policy: { name, digest, mode, onUnknown },
    ...(entity && { entityRef: entity.ref }),
    verdict,
    outcome: admissionOutcome({ mode, onUnknown, outcome, findings, pinned }),
  };
}
