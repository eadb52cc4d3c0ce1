import {
  EvaluationInput,
  ImageEvaluation,
  PolicyRule,
  SupplyChainPolicy,
} from 'backstage-plugin-supply-chain-common';

/** Marks worker threads that were started for evaluation: the entry module does nothing elsewhere. */
export const EVALUATION_WORKER = 'supply-chain-evaluation';

/** What a worker thread is started with. */
export type EvaluationWorkerData = {
  worker: typeof EVALUATION_WORKER;
  /** See `EvaluationProgress`. */
  progress: SharedArrayBuffer;
};

/** What a worker says once its code is loaded. */
export const WORKER_READY = 'ready';

/**
 * What is evaluated of one image.
 *
 * @public
 */
export type EvaluationItem = Pick<EvaluationInput, 'facts' | 'now' | 'scope'>;

/**
 * Several images under the same policies: policies and trust roots cross to the worker once.
 *
 * @public
 */
export type EvaluationBatch = Pick<
  EvaluationInput,
  'policies' | 'trustRoots' | 'waivers'
> & { items: EvaluationItem[] };

/** A batch as the worker gets it: with the rules it is to leave out. */
export type EvaluationOrder = Omit<EvaluationBatch, 'items'> & {
  items: (EvaluationItem & Pick<EvaluationInput, 'failedRules'>)[];
};

/** What the worker answers, one message for each item in order. */
export type EvaluationAnswer =
  | { index: number; evaluation: ImageEvaluation }
  | { index: number; error: string };

/** A rule with its policy. */
export type RuleOfPolicy = { policy: SupplyChainPolicy; rule: PolicyRule };

/** Every rule of a batch; its place in this list is how both threads name it. */
export function rulesOf({
  policies,
}: Pick<EvaluationBatch, 'policies'>): RuleOfPolicy[] {
  return policies.flatMap(policy =>
    policy.rules.map(rule => ({ policy, rule })),
  );
}
