import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fromRoot, typescriptHook } from '../paths.mjs';
import { ensureAppBuilt } from '../portal/buildApp.mjs';
import { runNodeTests } from './nodeTests.mjs';
import { printTotal } from './total.mjs';

const TIMEOUT_MS = 25 * 60_000;
const TEST_TIMEOUT_MS = 180_000;
const directory = fromRoot('packages/app/e2e-tests');

function testFiles(args) {
  return readdirSync(directory)
    .filter(name => name.endsWith('.e2e.ts'))
    .filter(name => !args.length || args.some(arg => name.includes(arg)))
    .sort()
    .map(name => join(directory, name));
}

/** Runs the tests that use the portal through a browser; `args` select files by part of their name. */
export async function runEndToEnd(args = []) {
  const files = testFiles(args);
  if (!files.length) {
    return { passed: 0, failed: 0, skipped: 0 };
  }
  await ensureAppBuilt();
  return runNodeTests({
    files,
    timeoutMs: TIMEOUT_MS,
    options: [
      '--require',
      typescriptHook,
      // One file after the other: each has a portal and a browser of its own.
      '--test-concurrency=1',
      `--test-timeout=${TEST_TIMEOUT_MS}`,
      '--test-force-exit',
    ],
  });
}

/** `test:e2e [part of a file name …]`: also takes pictures of the pages, into `.sandbox/screenshots`. */
export async function run(args) {
  process.env.SUPPLY_CHAIN_SCREENSHOTS ??= '1';
  return printTotal([await runEndToEnd(args)]);
}
