import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, formatDuration, progress } from '../console.mjs';
import { backstageCli, fromRoot } from '../paths.mjs';
import { runToEnd } from '../process.mjs';

// Outside `dist`: everything in there is served to browsers.
const stampFile = fromRoot('node_modules/.supply-chain-app-build');
const builtIndex = fromRoot('packages/app/dist/index.html');
const skipped = new Set(['node_modules', 'dist', 'dist-types', 'coverage']);

/** What the browser bundle is made of. */
const inputs = [
  'yarn.lock',
  'app-config.yaml',
  'packages/app/src',
  'packages/app/public',
  'packages/app/package.json',
  'plugins/supply-chain/src',
  'plugins/supply-chain/package.json',
  'plugins/supply-chain-common/src',
  'plugins/supply-chain-common/package.json',
];

function* filesBelow(path) {
  if (!existsSync(path)) {
    return;
  }
  let entries;
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if (error.code !== 'ENOTDIR') {
      throw error;
    }
    yield path;
    return;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!skipped.has(entry.name)) {
      yield* filesBelow(join(path, entry.name));
    }
  }
}

function computeStamp() {
  const hash = createHash('sha256').update(process.version);
  for (const input of inputs) {
    for (const file of filesBelow(fromRoot(input))) {
      if (!/\.test\.tsx?$/.test(file)) {
        hash.update(`\0${file}\0`).update(readFileSync(file));
      }
    }
  }
  return hash.digest('hex');
}

/** Builds the browser application unless what is built comes from these very sources. */
export async function ensureAppBuilt() {
  const stamp = computeStamp();
  const known = existsSync(stampFile) && readFileSync(stampFile, 'utf8');
  if (known === stamp && existsSync(builtIndex)) {
    return;
  }
  progress('Building the app');
  const startedAt = Date.now();
  // The bundler takes CI=true as "fail on warnings", also on those of dependencies.
  const { CI: _ci, ...environment } = process.env;
  const result = await runToEnd(
    process.execPath,
    [backstageCli, 'package', 'build'],
    {
      cwd: fromRoot('packages/app'),
      capture: true,
      env: { ...environment, NODE_ENV: 'production' },
    },
  );
  if (result.code !== 0) {
    throw new Failure('the app could not be built', {
      command: 'yarn workspace app build',
      output: result.output,
    });
  }
  writeFileSync(stampFile, stamp);
  progress(`App built in ${formatDuration(Date.now() - startedAt)}`);
}
