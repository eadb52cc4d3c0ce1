import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Failure, progress, say } from '../console.mjs';
import { defaultStateDirectory } from '../paths.mjs';
import { isStopping } from '../process.mjs';
import { startBackend, waitUntilReady } from './backend.mjs';
import { ensureAppBuilt } from './buildApp.mjs';
import { findFreePort, isPortFree } from './freePort.mjs';

const DEFAULT_PORT = 7007;

function parseOptions(args) {
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        port: { type: 'string', default: process.env.PORT },
        state: { type: 'string', default: defaultStateDirectory },
        fresh: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    throw new Failure(
      `${error.message}. Known options: --port NUMBER, --fresh, --state DIRECTORY`,
    );
  }
  const port = Number(values.port ?? DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Failure(`expected a port number, got '${values.port}'`);
  }
  return { port, stateDirectory: resolve(values.state), fresh: values.fresh };
}

/** Port 0 stands for any free one. */
async function choosePort(wanted) {
  if (wanted === 0) {
    return findFreePort();
  }
  if (!(await isPortFree(wanted))) {
    throw new Failure(
      `port ${wanted} is taken by another program. Choose another one: ` +
        `npm start -- --port ${wanted + 1}   (or PORT=${wanted + 1} npm start)`,
    );
  }
  return wanted;
}

// Only what a portal puts there: `--state` may name any directory.
const portalState = ['database', 'backend.log', 'world'];

function emptyState(stateDirectory) {
  for (const name of portalState) {
    rmSync(resolve(stateDirectory, name), { recursive: true, force: true });
  }
}

/** `start`: builds what changed, starts the portal on the sandbox and stays until it ends. */
export async function run(args) {
  const { port: wanted, stateDirectory, fresh } = parseOptions(args);
  const port = await choosePort(wanted);
  if (fresh && existsSync(stateDirectory)) {
    progress('Emptying the state of the sandbox');
    emptyState(stateDirectory);
  }
  mkdirSync(stateDirectory, { recursive: true });
  await ensureAppBuilt();
  progress('Starting the backend');
  const backend = startBackend({ port, stateDirectory });
  await waitUntilReady({ port, backend });
  say(`Supply Chain Security for Backstage is ready: http://localhost:${port}`);
  const { code } = await backend.child.closed;
  if (isStopping()) {
    return 0;
  }
  throw new Failure(
    `the backend ended by itself (exit code ${code}); its log is ${backend.logFile}`,
    { output: backend.explain() },
  );
}
