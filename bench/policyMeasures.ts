import { hash } from 'node:crypto';
import {
  evaluatePolicies,
  PolicyFacts,
  PolicySet,
} from 'backstage-plugin-supply-chain-common';
import { EvaluationPool } from 'backstage-plugin-supply-chain-node/evaluation';
import { median } from './median';
import { exampleImages, NOW } from './policyFacts';

export const IMAGES = 10_000;
const ROUNDS = 3;

/** Images judged at once, as in the verdict engine of the portal. */
const BATCH = 20;

/** What one pass over all images takes, in milliseconds: of the processor, of all threads, and by the clock. */
export type PassTime = { processorMs: number; wallMs: number };

/** Evaluates in this thread, with the digest of the worker. */
export async function measureHere(set: PolicySet): Promise<PassTime> {
  const sha256 = (text: string) => hash('sha256', text, 'hex');
  return medianPass(async batch => {
    batch.forEach(facts =>
      evaluatePolicies({ ...set, facts, now: NOW }, { sha256 }),
    );
  });
}

/** Evaluates through the pool, one batch after the other, as the verdict engine does. */
export async function measurePool(
  set: PolicySet,
  threads?: number,
): Promise<PassTime> {
  const pool = EvaluationPool.create({ threads });
  try {
    return await medianPass(async batch => {
      const answers = await pool.evaluate({
        ...set,
        items: batch.map(facts => ({ facts, now: NOW })),
      });
      if (answers.some(({ decided }) => !decided)) {
        throw new Error('expected every evaluation to end in time');
      }
    });
  } finally {
    await pool.close();
  }
}

type Evaluate = (batch: PolicyFacts[]) => Promise<void>;

async function medianPass(evaluate: Evaluate): Promise<PassTime> {
  await pass(evaluate);
  const passes: PassTime[] = [];
  while (passes.length < ROUNDS) {
    passes.push(await pass(evaluate));
  }
  return {
    processorMs: median(passes.map(each => each.processorMs)),
    wallMs: median(passes.map(each => each.wallMs)),
  };
}

/** The facts of a batch are made anew, outside the time, and let go after it: the portal reads them from its database. */
async function pass(evaluate: Evaluate): Promise<PassTime> {
  const time: PassTime = { processorMs: 0, wallMs: 0 };
  for (let start = 0; start < IMAGES; start += BATCH) {
    const batch = exampleImages(start, BATCH);
    const processor = process.cpuUsage();
    const clock = performance.now();
    await evaluate(batch);
    time.wallMs += performance.now() - clock;
    const { user, system } = process.cpuUsage(processor);
    time.processorMs += (user + system) / 1000;
  }
  return time;
}
