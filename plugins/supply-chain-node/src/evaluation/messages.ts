import {
  EvaluationInput,
  ImageEvaluation,
} from 'backstage-plugin-supply-chain-common';

/** Marks worker threads that were started for evaluation: the entry module does nothing elsewhere. */
export const EVALUATION_WORKER = 'supply-chain-evaluation';

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

/** What the worker answers, one message for each item in order. */
export type EvaluationAnswer =
  | { index: number; evaluation: ImageEvaluation }
  | { index: number; error: string };
