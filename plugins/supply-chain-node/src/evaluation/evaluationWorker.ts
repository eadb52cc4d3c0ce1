import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import {
  evaluatePolicies,
  EvaluationRuntime,
  Sha256,
} from 'backstage-plugin-supply-chain-common';
import { EvaluationProgress } from './EvaluationProgress';
import {
  EVALUATION_WORKER,
  EvaluationAnswer,
  EvaluationOrder,
  EvaluationWorkerData,
  rulesOf,
  unpackItem,
  WORKER_READY,
} from './messages';

/**
 * The file to start a worker from: this one, as source in development and as bundled in the package,
 * so that no build step has to know about it.
 */
export const EVALUATION_WORKER_FILE = __filename;

const sha256: Sha256 = text => createHash('sha256').update(text).digest('hex');

function answerOf(
  order: EvaluationOrder,
  index: number,
  runtime: EvaluationRuntime,
): EvaluationAnswer {
  const { items, ...under } = order;
  try {
    return {
      index,
      evaluation: evaluatePolicies(
        { ...under, ...unpackItem(items[index]) },
        runtime,
      ),
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
    const runtime: EvaluationRuntime = {
      onRule: rule => progress.rule(places.get(rule)!),
      sha256,
    };
    for (let index = 0; index < order.items.length; index += 1) {
      progress.between();
      port.postMessage(JSON.stringify(answerOf(order, index, runtime)));
    }
    progress.idle();
  });
  port.postMessage(WORKER_READY);
}
