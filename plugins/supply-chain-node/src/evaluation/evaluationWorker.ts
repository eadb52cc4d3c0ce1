import { parentPort, workerData } from 'node:worker_threads';
import {
  evaluatePolicies,
  PolicyRule,
} from 'backstage-plugin-supply-chain-common';
import { EvaluationProgress } from './EvaluationProgress';
import {
  EVALUATION_WORKER,
  EvaluationAnswer,
  EvaluationOrder,
  EvaluationWorkerData,
  rulesOf,
  WORKER_READY,
} from './messages';

/**
 * The file to start a worker from: this one, as source in development and as bundled in the package,
 * so that no build step has to know about it.
 */
export const EVALUATION_WORKER_FILE = __filename;

function answerOf(
  order: EvaluationOrder,
  index: number,
  onRule: (rule: PolicyRule) => void,
): EvaluationAnswer {
  const { items, ...under } = order;
  try {
    return {
      index,
      evaluation: evaluatePolicies({ ...under, ...items[index] }, onRule),
    };
  } catch (error) {
    return { index, error: String(error) };
  }
}

function isEvaluationWorker(data: unknown): data is EvaluationWorkerData {
  return (data as Partial<EvaluationWorkerData>)?.worker === EVALUATION_WORKER;
}

if (parentPort && isEvaluationWorker(workerData)) {
  const port = parentPort;
  const progress = new EvaluationProgress(workerData.progress);
  port.on('message', (order: EvaluationOrder) => {
    const places = new Map(rulesOf(order).map(({ rule }, at) => [rule, at]));
    for (let index = 0; index < order.items.length; index += 1) {
      progress.between();
      port.postMessage(
        answerOf(order, index, rule => progress.rule(places.get(rule)!)),
      );
    }
    progress.idle();
  });
  port.postMessage(WORKER_READY);
}
