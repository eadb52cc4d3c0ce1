import fc from 'fast-check';
import { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/testDatabases';
import {
  History,
  RECONCILE_LIMIT_MS as LIMIT_MS,
} from '../__testUtils__/clusterHistories/History';
import {
  describeSteps,
  history,
} from '../__testUtils__/clusterHistories/steps';
import {
  checks,
  enforcers,
  inventory,
  sboms,
  Subject,
  trivy,
} from '../__testUtils__/clusterHistories/subjects';

/** The full run: `SUPPLY_CHAIN_HISTORIES=1000`. */
const COUNT = Number(process.env.SUPPLY_CHAIN_HISTORIES ?? 200);
const SEED = Number(process.env.SUPPLY_CHAIN_HISTORIES_SEED ?? 1);
/** Of one history, as a failure prints it. */
const PATH = process.env.SUPPLY_CHAIN_HISTORIES_PATH;

jest.setTimeout(120_000 + COUNT * 3_000);

const databases = createTestDatabases();
let knex: Knex;

beforeAll(async () => {
  knex = await openTestDatabase(databases, 'SQLITE_3');
});

/** Carries out the histories; how long the slowest took to be in step again after all trouble had ended. */
async function longestSettlingMs<
  T extends { uid: string; resourceVersion: string },
>(subject: Subject<T>): Promise<number> {
  let longestMs = 0;
  await fc.assert(
    fc.asyncProperty(history, async steps => {
      const running = await History.start(subject, knex);
      try {
        const { settledAfterMs } = await running.run(steps);
        longestMs = Math.max(longestMs, settledAfterMs);
      } catch (error) {
        throw new Error(`${error}\nafter:\n${describeSteps(steps)}`, {
          cause: error,
        });
      } finally {
        await running.end();
      }
    }),
    {
      numRuns: Math.ceil(COUNT / 5),
      seed: SEED,
      path: PATH,
      endOnFailure: true,
    },
  );
  return longestMs;
}

describe('after any history of an API server that misbehaves, the store equals the server', () => {
  it('for reports of Trivy Operator', async () => {
    expect(await longestSettlingMs(trivy)).toBeLessThanOrEqual(LIMIT_MS);
  });

  it('for reports of other enforcers', async () => {
    expect(await longestSettlingMs(enforcers)).toBeLessThanOrEqual(LIMIT_MS);
  });

  it('for what Trivy Operator reports beside the vulnerabilities of images', async () => {
    expect(await longestSettlingMs(checks)).toBeLessThanOrEqual(LIMIT_MS);
  });

  it('for SBOMs of Trivy Operator', async () => {
    expect(await longestSettlingMs(sboms)).toBeLessThanOrEqual(LIMIT_MS);
  });

  it('for pods and what they belong to', async () => {
    expect(await longestSettlingMs(inventory)).toBeLessThanOrEqual(LIMIT_MS);
  });
});
