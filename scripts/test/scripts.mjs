import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fromRoot } from '../paths.mjs';
import { runNodeTests } from './nodeTests.mjs';

const TIMEOUT_MS = 5 * 60_000;

/** Runs the tests of what is in `scripts/`. */
export function runScriptTests() {
  const files = readdirSync(fromRoot('scripts'), { recursive: true })
    .filter(name => name.endsWith('.test.mjs'))
    .sort()
    .map(name => join(fromRoot('scripts'), name));
  return runNodeTests({ files, timeoutMs: TIMEOUT_MS });
}
