import { parentPort, workerData } from 'node:worker_threads';
import { evaluatePolicies } from 'backstage-plugin-supply-chain-common';
import {
  EVALUATION_WORKER,
  EvaluationAnswer,
  EvaluationBatch,
  WORKER_READY,
} from './messages';

/**
 * The file to start a worker from: this one, as source in development and as bundled in the package,
 * so that no build step has to know about it.
 */
export const EVALUATION_WORKER_FILE = __filename;

function answerOf(batch: EvaluationBatch, index: number): EvaluationAnswer {
  const { policies, trustRoots, waivers, items } = batch;
  try {
    return {
      index,
      evaluation: evaluatePolicies({
        policies,
        trustRoots,
        waivers,
        ...items[index],
      }),
    };
  } catch (error) {
    return { index, error: String(error) };
  }
}

if (parentPort && workerData === EVALUATION_WORKER) {
  const port = parentPort;
  port.on('message', (batch: EvaluationBatch) => {
    for (let index = 0; index < batch.items.length; index += 1) {
      port.postMessage(answerOf(batch, index));
    }
  });
  port.postMessage(WORKER_READY);
}
