import { PolicySet } from 'backstage-plugin-supply-chain-common';
import { ImageLooks } from '../looks';
import { ImageJudge, ImageJudgeOptions } from './ImageJudge';
import { findTarget, ImageTarget } from './ImageTarget';
import { isCachedNegative } from './isCachedNegative';
import { JudgedContainer } from './JudgedContainer';
import { PortalKnowledge } from './PortalKnowledge';
import { ImageTask, WorkloadQuestion } from './WorkloadQuestion';

/** Options of {@link WorkloadJudge}. */
export type WorkloadJudgeOptions = ImageJudgeOptions & {
  looks: Pick<ImageLooks, 'resolve' | 'look'>;
  /** The policies in force. */
  policySet(): PolicySet;
  portal: PortalKnowledge;
  now(): Date;
  cluster: string;
};

/** Judges the images of a workload under every policy that matches, each image once. */
export class WorkloadJudge {
  readonly #options: WorkloadJudgeOptions;
  readonly #judge: ImageJudge;

  static create(options: WorkloadJudgeOptions): WorkloadJudge {
    return new WorkloadJudge(options);
  }

  private constructor(options: WorkloadJudgeOptions) {
    this.#options = options;
    this.#judge = ImageJudge.create(options);
  }

  /** The answers stand in the order of the containers. */
  async judge(question: WorkloadQuestion): Promise<JudgedContainer[]> {
    const request = this.#requestOf(question);
    const once = new Map<string, Promise<JudgedContainer>>();
    return Promise.all(
      question.containers.map(async container => {
        const key = JSON.stringify([container.type, container.imageRef]);
        const judged =
          once.get(key) ?? this.#judgeImage({ ...request, container });
        once.set(key, judged);
        return { ...(await judged), container };
      }),
    );
  }

  #requestOf(question: WorkloadQuestion): Omit<ImageTask, 'container'> {
    const { policySet, now, cluster, portal } = this.#options;
    const { namespace, labels, verificationMs, totalMs } = question;
    const place = { cluster, namespace };
    const startedAt = performance.now();
    const left = (ms: number) => ms - (performance.now() - startedAt);
    const instant = now();
    return {
      question,
      policySet: policySet(),
      place,
      entities: portal.entitiesOf({ ...place, labels }, instant),
      now: instant,
      verificationLeftMs: () => left(verificationMs),
      totalLeftMs: () => left(totalMs),
    };
  }

  async #judgeImage(task: ImageTask): Promise<JudgedContainer> {
    const target = await findTarget(task, this.#options.looks);
    const look = await this.#lookAt(task, target, { fresh: false });
    const judged = await this.#judge.judge({ task, target, look });
    const isNegative = judged.policies.some(({ verdict }) =>
      isCachedNegative({ verdicts: [verdict] }),
    );
    if (look?.from !== 'memory' || !isNegative) {
      return judged;
    }
    const again = await this.#lookAt(task, target, { fresh: true });
    return this.#judge.judge({ task, target, look: again });
  }

  async #lookAt(
    task: ImageTask,
    { resolved }: ImageTarget,
    { fresh }: { fresh: boolean },
  ) {
    return (
      resolved &&
      this.#options.looks.look(resolved, {
        fresh,
        waitMs: task.verificationLeftMs(),
      })
    );
  }
}
