import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFreshApp } from '../adoption/freshApp.mjs';
import { packPackages } from '../adoption/packPackages.mjs';
import { handOver } from '../adoption/prepared.mjs';
import { progress } from '../console.mjs';
import { fromRoot, typescriptHook } from '../paths.mjs';
import { onStop } from '../process.mjs';
import { runNodeTests } from './nodeTests.mjs';
import { printTotal } from './total.mjs';

const TIMEOUT_MS = 15 * 60_000;
const TEST_TIMEOUT_MS = 300_000;

const testFiles = () =>
  readdirSync(fromRoot('scripts/adoption'))
    .filter(name => name.endsWith('.adoption.mjs'))
    .map(name => fromRoot('scripts/adoption', name));

/**
 * Packs the packages, installs them into a fresh Backstage app by the README
 * alone, and looks at the portal that comes out of it; returns the counts.
 */
export async function runAdoption() {
  const directory = mkdtempSync(
    join(realpathSync(tmpdir()), 'supply-chain-adoption-'),
  );
  onStop(() => {
    if (process.env.SUPPLY_CHAIN_ADOPTION_KEEP === '1') {
      progress(`Kept: ${directory}`);
    } else {
      // Some hundred thousand files: this takes a while, and should not look like a hang.
      progress('Removing what was made');
      rmSync(directory, { recursive: true, force: true });
    }
  });
  const packages = await packPackages(directory);
  const fresh = await createFreshApp({ directory, packages });
  return runNodeTests({
    files: testFiles(),
    timeoutMs: TIMEOUT_MS,
    environment: handOver(directory, { packages, ...fresh }),
    options: [
      '--require',
      typescriptHook,
      '--test-concurrency=1',
      `--test-timeout=${TEST_TIMEOUT_MS}`,
      '--test-force-exit',
    ],
  });
}

/** `test:adoption` */
export async function run() {
  return printTotal([await runAdoption()]);
}
