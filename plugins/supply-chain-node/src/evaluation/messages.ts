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

/** An item with the rules to leave out of it. */
export type OrderedItem = EvaluationItem & Pick<EvaluationInput, 'failedRules'>;

/**
 * A batch as the worker gets it. Facts and answers are JSON, as they are in the database, and cross as texts: to clone them
 * value by value takes twice as long on both sides.
 */
export type EvaluationOrder = Omit<EvaluationBatch, 'items'> & {
  /** See {@link packItem}. */
  items: string[];
};

/** What the worker answers for one item. A message is the JSON text of a list of them, in the order of the items. */
export type EvaluationAnswer =
  | { index: number; evaluation: ImageEvaluation }
  | { index: number; error: string };

export function packItem(item: OrderedItem): string {
  return JSON.stringify(item);
}

export function unpackItem(text: string): OrderedItem {
  const item = JSON.parse(text);
  // JSON writes an invalid date as null, which must not become 1970.
  return { ...item, now: new Date(item.now ?? NaN) };
}

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
