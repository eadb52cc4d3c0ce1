import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { progress } from '../console.mjs';
import { backstageCli, fromRoot } from '../paths.mjs';
import { runToEnd } from '../process.mjs';
import { startPostgres } from './postgres.mjs';

const POSTGRES_VARIABLE =
  'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';
// Far above what the tests need: a run that hangs must end and must count as failed.
const TIMEOUT_MS = 25 * 60_000;

// Only for what hangs: no test may fail because the machine is busy.
const TEST_TIMEOUT_MS = 60_000;

/** Where the recorded bytes of other projects' tools lie, when they are there. */
function vectorsDirectory() {
  const given = process.env.SUPPLY_CHAIN_VECTORS;
  const directory = given ? resolve(given) : fromRoot('../shared/fixtures');
  if (existsSync(directory)) {
    return directory;
  }
  progress(
    `skipped: no vectors at ${given ? directory : 'SUPPLY_CHAIN_VECTORS'}`,
  );
  return undefined;
}

function readCounts(resultFile) {
  if (!existsSync(resultFile)) {
    // Jest ended before it could say anything; nothing may be called passed.
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const result = JSON.parse(readFileSync(resultFile, 'utf8'));
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

async function databaseEnvironment() {
  if (process.env[POSTGRES_VARIABLE]) {
    return { environment: {}, stop: async () => {} };
  }
  const { connectionString, stop } = await startPostgres();
  return { environment: { [POSTGRES_VARIABLE]: connectionString }, stop };
}

/** Runs jest over all packages, or with `args` over what they select; returns the counts. */
export async function runJest(args = []) {
  const directory = mkdtempSync(join(tmpdir(), 'supply-chain-jest-'));
  const resultFile = join(directory, 'result.json');
  const vectors = vectorsDirectory();
  const database = await databaseEnvironment();
  try {
    const { code, timedOut } = await runToEnd(
      process.execPath,
      [
        backstageCli,
        'repo',
        'test',
        // Also keeps Backstage from adding --watch where CI is not set.
        '--coverage=false',
        '--json',
        `--outputFile=${resultFile}`,
        `--testTimeout=${TEST_TIMEOUT_MS}`,
        ...args,
      ],
      {
        cwd: fromRoot(),
        timeoutMs: TIMEOUT_MS,
        env: {
          ...process.env,
          // With CI set, Backstage would look for Docker to start databases.
          BACKSTAGE_TEST_DISABLE_DOCKER: '1',
          ...(vectors ? { SUPPLY_CHAIN_VECTORS: vectors } : {}),
          ...database.environment,
        },
      },
    );
    const counts = readCounts(resultFile);
    if (code !== 0 && counts.failed === 0) {
      counts.failed = 1;
    }
    return { ...counts, timedOut };
  } finally {
    await database.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}
