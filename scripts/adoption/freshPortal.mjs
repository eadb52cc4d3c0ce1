import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitUntilReady } from '../portal/backend.mjs';
import { findFreePort } from '../portal/freePort.mjs';
import { spawnGroup, stopGroup } from '../process.mjs';
import { configurePortal } from './portalConfig.mjs';

/**
 * Starts the built backend of the fresh app, which serves the built app, on a
 * free port. It runs as plain JavaScript, away from this repository.
 */
export async function startFreshPortal({ app, deployed, steps, environment }) {
  const port = await findFreePort();
  const configArguments = configurePortal({
    app,
    deployed,
    steps,
    port,
    environment,
  });
  const logFile = join(deployed, 'backend.log');
  // Guests may sign in only because this is development.
  const env = { ...process.env, NODE_ENV: 'development', GITHUB_TOKEN: 'none' };
  delete env.NODE_OPTIONS;
  const child = spawnGroup(
    process.execPath,
    ['packages/backend', ...configArguments],
    { cwd: deployed, env, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const log = createWriteStream(logFile);
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const readLog = () => readFileSync(logFile, 'utf8');
  const stop = () => stopGroup(child);
  try {
    await waitUntilReady({
      port,
      backend: { child, logFile, explain: readLog },
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `http://localhost:${port}`, readLog, stop };
}
