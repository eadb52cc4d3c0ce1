import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fromRoot } from '../paths.mjs';
import { runToEnd } from '../process.mjs';

const reporter = pathToFileURL(fromRoot('scripts/test/countReporter.mjs')).href;

function readCounts(file) {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  // Without counts the run ended before it could say anything: a failure.
  return text ? JSON.parse(text) : { passed: 0, failed: 1, skipped: 0 };
}

/** Runs files with the test runner of Node; returns the counts. */
export async function runNodeTests({
  files,
  options = [],
  environment = {},
  timeoutMs,
}) {
  const directory = mkdtempSync(join(tmpdir(), 'supply-chain-tests-'));
  const countFile = join(directory, 'counts.json');
  const { code } = await runToEnd(
    process.execPath,
    [
      ...options,
      '--test',
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      `--test-reporter=${reporter}`,
      `--test-reporter-destination=${countFile}`,
      ...files,
    ],
    {
      cwd: fromRoot(),
      timeoutMs,
      env: { ...process.env, NODE_ENV: 'test', ...environment },
    },
  );
  const counts = readCounts(countFile);
  rmSync(directory, { recursive: true, force: true });
  if (code !== 0 && counts.failed === 0) {
    counts.failed = 1;
  }
  return counts;
}
