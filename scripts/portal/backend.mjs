import { createWriteStream, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Failure, problem } from '../console.mjs';
import { fromRoot, typescriptHook } from '../paths.mjs';
import { spawnGroup } from '../process.mjs';
import { createLogFilter, forEachLine } from './logFilter.mjs';

const READINESS_TIMEOUT_MS = 120_000;
const READINESS_POLL_MS = 200;
const KEPT_LINES = 40;

function configArguments() {
  const files = [
    'app-config.yaml',
    'app-config.sandbox.yaml',
    'app-config.local.yaml',
  ];
  return files
    .map(file => fromRoot(file))
    .filter(file => existsSync(file))
    .flatMap(file => ['--config', file]);
}

function environmentFor({ port, stateDirectory }) {
  const url = `http://localhost:${port}`;
  return {
    ...process.env,
    NODE_ENV: 'development',
    // Overrides of the configuration, see app-config.sandbox.yaml.
    APP_CONFIG_app_baseUrl: JSON.stringify(url),
    APP_CONFIG_backend_baseUrl: JSON.stringify(url),
    APP_CONFIG_backend_listen_port: String(port),
    APP_CONFIG_backend_database_connection_directory: JSON.stringify(
      join(stateDirectory, 'database'),
    ),
    SUPPLY_CHAIN_SANDBOX_STATE: stateDirectory,
  };
}

/** Starts the backend, which serves app and API on one port; logs go to `backend.log` in the state directory. */
export function startBackend({ port, stateDirectory, environment = {} }) {
  mkdirSync(join(stateDirectory, 'database'), { recursive: true });
  const logFile = join(stateDirectory, 'backend.log');
  const log = createWriteStream(logFile);
  const child = spawnGroup(
    process.execPath,
    [
      '--enable-source-maps',
      '--require',
      typescriptHook,
      'dev/index.ts',
      ...configArguments(),
    ],
    {
      // Backstage finds packages and relative paths from here.
      cwd: fromRoot('packages/backend'),
      env: { ...environmentFor({ port, stateDirectory }), ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const lastLines = [];
  let problems = 0;
  const isProblem = createLogFilter();
  forEachLine([child.stdout, child.stderr], line => {
    log.write(`${line}\n`);
    lastLines.push(line);
    lastLines.splice(0, lastLines.length - KEPT_LINES);
    if (isProblem(line)) {
      problems += 1;
      problem(line);
    }
  });
  child.closed.then(() => log.end());
  // The end of the log explains a failure only when no problem was shown already.
  const explain = () => (problems ? undefined : lastLines.join('\n'));
  return { child, logFile, explain };
}

async function isReady(port) {
  try {
    const response = await fetch(
      `http://127.0.0.1:${port}/.backstage/health/v1/readiness`,
      { signal: AbortSignal.timeout(5_000) },
    );
    await response.arrayBuffer();
    return response.ok;
  } catch {
    // Not listening yet; the caller keeps the deadline and sees the process end.
    return false;
  }
}

/** Resolves when the backend reports readiness; fails when it ends or takes too long. */
export async function waitUntilReady({ port, backend }) {
  const deadline = Date.now() + READINESS_TIMEOUT_MS;
  let ended;
  backend.child.closed.then(result => {
    ended = result;
  });
  while (!(await isReady(port))) {
    if (ended) {
      throw new Failure(
        `the backend ended before it was ready (exit code ${ended.code}); its log is ${backend.logFile}`,
        { output: backend.explain() },
      );
    }
    if (Date.now() > deadline) {
      throw new Failure(
        `the backend was not ready after ${
          READINESS_TIMEOUT_MS / 1000
        } s; its log is ${backend.logFile}`,
        { output: backend.explain() },
      );
    }
    await delay(READINESS_POLL_MS);
  }
}
