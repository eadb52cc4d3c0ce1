import { availableParallelism, cpus } from 'node:os';
import {
  evaluatePolicies,
  PolicySet,
  policySetFromBundles,
} from 'backstage-plugin-supply-chain-common';
import { EvaluationPool } from 'backstage-plugin-supply-chain-node/evaluation';
import { formatRatio, formatTable } from './formatTable';
import { median } from './median';
import { exampleImages, NOW } from './policyFacts';
import { BUILT_IN, EXPRESSIONS, policyDocument } from './policyRules';

const IMAGES = 10_000;
const ROUNDS = 3;
/** Images that one message carries to the worker thread, as in the portal. */
const BATCH = 100;

type Measured = { name: string; rules: number; ms: number };

async function main(): Promise<void> {
  const images = exampleImages(IMAGES);
  const load = (rules: string[]) => loadPolicies(policyDocument(rules));
  const sets = {
    'empty policy': { ...load(BUILT_IN), policies: [emptyPolicy(load)] },
    'built-in rules': load(BUILT_IN),
    expressions: load(EXPRESSIONS),
    'both kinds': load([...BUILT_IN, ...EXPRESSIONS]),
  };
  const rows = Object.entries(sets).map(([name, set]) => ({
    name,
    rules: set.policies[0].rules.length,
    ms: measure(() =>
      images.forEach(facts => evaluatePolicies({ ...set, facts, now: NOW })),
    ),
  }));
  const pooled = {
    name: 'both kinds, in a worker',
    rules: sets['both kinds'].policies[0].rules.length,
    ms: await measurePool(sets['both kinds'], images),
  };
  print([...rows, pooled]);
}

function loadPolicies(text: string): PolicySet {
  const loaded = policySetFromBundles([
    { source: 'bench.yaml', fromUrl: false, text, files: {} },
  ]);
  if (!loaded.ok) {
    throw new Error(JSON.stringify(loaded.problems));
  }
  return loaded.policySet;
}

/** No document is without rules; what is left is to match, to digest the facts and to roll up. */
function emptyPolicy(load: (rules: string[]) => PolicySet) {
  return { ...load(BUILT_IN).policies[0], rules: [] };
}

/** Time of the processor: what else runs on the machine does not count. */
function measure(run: () => void): number {
  run();
  return median(
    Array.from({ length: ROUNDS }, () => {
      const start = process.cpuUsage();
      run();
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1000;
    }),
  );
}

async function measurePool(
  set: PolicySet,
  images: ReturnType<typeof exampleImages>,
): Promise<number> {
  const pool = EvaluationPool.create({ threads: 1 });
  try {
    const run = async () => {
      for (let start = 0; start < images.length; start += BATCH) {
        const batch = images.slice(start, start + BATCH);
        const answers = await pool.evaluate({
          ...set,
          items: batch.map(facts => ({ facts, now: NOW })),
        });
        if (answers.some(({ decided }) => !decided)) {
          throw new Error('expected every evaluation to end in time');
        }
      }
    };
    await run();
    const start = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  } finally {
    await pool.close();
  }
}

function print(rows: Measured[]): void {
  const [empty] = rows;
  process.stdout.write(
    `Node ${process.version}, ${availableParallelism()} cores (${
      cpus()[0].model
    }), ${IMAGES} images\n\n`,
  );
  process.stdout.write(
    `${formatTable([
      ['', 'rules', 'processor time', 'rules per second', 'against empty'],
      ...rows.map(({ name, rules, ms }) => [
        name,
        String(rules),
        `${(ms / 1000).toFixed(2)} s`,
        rules > 0
          ? Math.round((IMAGES * rules * 1000) / ms).toLocaleString('en')
          : '–',
        formatRatio(ms / empty.ms),
      ]),
    ])}\n`,
  );
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
