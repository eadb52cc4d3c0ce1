import { hash } from 'node:crypto';
import { MessagePort, parentPort, workerData } from 'node:worker_threads';
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

const sha256: Sha256 = text => hash('sha256', text, 'hex');

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

/**
 * Answers go together: each message wakes the thread that waits for them, which takes as long as a few rules do. Those
 * that were not sent when a rule comes to no end are evaluated again, so they are not kept for long.
 */
const SEND_EVERY_MS = 10;

function answerAll(
  order: EvaluationOrder,
  runtime: EvaluationRuntime,
  { port, progress }: { port: MessagePort; progress: EvaluationProgress },
): void {
  let answers: EvaluationAnswer[] = [];
  let sentAt = performance.now();
  const send = () => {
    port.postMessage(JSON.stringify(answers));
    answers = [];
    sentAt = performance.now();
  };
  for (let index = 0; index < order.items.length; index += 1) {
    progress.item(index);
    answers.push(answerOf(order, index, runtime));
    if (performance.now() - sentAt >= SEND_EVERY_MS) {
      send();
    }
  }
  send();
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
    answerAll(order, runtime, { port, progress });
    progress.idle();
  });
  port.postMessage(WORKER_READY);
}
