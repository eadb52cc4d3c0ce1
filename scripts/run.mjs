#!/usr/bin/env node
// The one entry of the repository: `node scripts/run.mjs start|test|dev|test:e2e|test:adoption`.
// It needs nothing but git, npm and any Node from 18 on; the rest it obtains itself.
import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './bootstrap/install.mjs';
import { ensureNode } from './bootstrap/node.mjs';
import { Failure, reportFailure } from './console.mjs';
import { root } from './paths.mjs';
import { stopEverything, stopOnSignals } from './process.mjs';

const commands = {
  start: () => import('./portal/start.mjs'),
  dev: () => import('./portal/dev.mjs'),
  test: () => import('./test/test.mjs'),
  'test:e2e': () => import('./test/endToEnd.mjs'),
  'test:adoption': () => import('./test/adoption.mjs'),
};

/** Runs this script again under the Node that fits, and becomes its exit code. */
function continueUnder(node, args) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...args], {
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  return new Promise(resolve => {
    child.on('close', (code, signal) => resolve(signal ? 1 : code));
  });
}

async function main([name, ...args]) {
  if (!Object.hasOwn(commands, name ?? '')) {
    throw new Failure(
      `expected one of ${Object.keys(commands).join(', ')}, got '${
        name ?? ''
      }'`,
    );
  }
  const node = await ensureNode();
  if (node !== process.execPath) {
    return continueUnder(node, [name, ...args]);
  }
  stopOnSignals();
  process.chdir(root);
  // Tools started below find the same Node when they call `node` by name.
  process.env.PATH = `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`;
  const bootstrappedAt = Date.now();
  await ensureInstalled();
  const { run } = await commands[name]();
  return run(args, { bootstrapMs: Date.now() - bootstrappedAt });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  reportFailure(error);
  process.exitCode = 1;
}
await stopEverything();
