import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, formatDuration, progress } from '../console.mjs';
import { fromRoot } from '../paths.mjs';
import { runToEnd, showCommand } from '../process.mjs';
import { assertIntegrity } from './integrity.mjs';
import { yarnRelease } from './pins.mjs';

const stampFile = fromRoot('node_modules/.supply-chain-install');
const HEARTBEAT_MS = 15_000;

function manifestFiles() {
  const workspaces = ['packages', 'plugins'].flatMap(folder =>
    readdirSync(fromRoot(folder)).map(name =>
      join(folder, name, 'package.json'),
    ),
  );
  return ['yarn.lock', 'package.json', '.yarnrc.yml', ...workspaces.sort()]
    .map(file => fromRoot(file))
    .filter(file => existsSync(file));
}

function computeStamp() {
  const hash = createHash('sha256').update(process.version);
  for (const file of manifestFiles()) {
    hash.update('\0').update(readFileSync(file));
  }
  return hash.digest('hex');
}

/**
 * Yarn does not read npm's configuration. A mirror or proxy set for npm is
 * handed over in the environment and never written to a file.
 */
export async function networkEnvironment() {
  const environment = {};
  const isWindows = process.platform === 'win32';
  const { code, output } = await runToEnd(
    isWindows ? 'npm.cmd' : 'npm',
    ['config', 'get', 'registry', '--loglevel=error'],
    { capture: true, shell: isWindows, cwd: fromRoot() },
  );
  const registry = output
    .split('\n')
    .map(line => line.trim())
    .find(line => /^https?:\/\//.test(line));
  if (code === 0 && registry && !process.env.YARN_NPM_REGISTRY_SERVER) {
    environment.YARN_NPM_REGISTRY_SERVER = registry;
    if (registry.startsWith('http:')) {
      environment.YARN_UNSAFE_HTTP_WHITELIST = new URL(registry).hostname;
    }
  }
  const httpsProxy = process.env.HTTPS_PROXY ?? process.env.https_proxy;
  const httpProxy = process.env.HTTP_PROXY ?? process.env.http_proxy;
  if (httpsProxy && !process.env.YARN_HTTPS_PROXY) {
    environment.YARN_HTTPS_PROXY = httpsProxy;
  }
  if (httpProxy && !process.env.YARN_HTTP_PROXY) {
    environment.YARN_HTTP_PROXY = httpProxy;
  }
  return environment;
}

// Peer dependencies of others: true on every machine, and never the cause.
const noise = /YN0060|YN0002|YN0086/;

function installFailure(output, args) {
  const message = /YN0028/.test(output)
    ? 'yarn.lock does not belong to the package.json files; run `yarn install` and commit the lockfile'
    : 'dependencies could not be installed';
  return new Failure(message, {
    command: showCommand('node', args),
    output: output
      .split('\n')
      .filter(line => !noise.test(line))
      .join('\n'),
  });
}

/**
 * Installs the dependencies exactly as the lockfile says; does nothing when
 * lockfile, manifests and Node are those of the last install.
 */
export async function ensureInstalled() {
  const yarn = fromRoot(yarnRelease.path);
  assertIntegrity({
    file: yarn,
    expected: yarnRelease.integrity,
    what: yarnRelease.path,
  });
  const stamp = computeStamp();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) {
    return;
  }
  progress('Installing dependencies (the first time takes a minute or so)');
  const startedAt = Date.now();
  const heartbeat = setInterval(
    () =>
      progress(`still installing, ${formatDuration(Date.now() - startedAt)}`),
    HEARTBEAT_MS,
  );
  const args = [yarn, 'install', '--immutable'];
  const result = await runToEnd(process.execPath, args, {
    cwd: fromRoot(),
    capture: true,
    env: { ...process.env, ...(await networkEnvironment()) },
  });
  clearInterval(heartbeat);
  if (result.code !== 0) {
    throw installFailure(result.output, args);
  }
  writeFileSync(stampFile, stamp);
  progress(
    `Dependencies installed in ${formatDuration(Date.now() - startedAt)}`,
  );
}
