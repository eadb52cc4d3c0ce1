// The backend together with the sandbox, in one process: what `npm start` runs.
// It stands beside `src`, so the sandbox is in no production build (L35).
import { join } from 'node:path';
import {
  FREE_SANDBOX_PORTS,
  sandboxEnvironment,
  startSandbox,
  type Sandbox,
} from 'sandbox';
import { createPortalBackend } from '../src/createPortalBackend';
import { askForWaiver } from './askForWaiver';
import { sandboxSignIns } from './sandboxSignIns';

async function startOnKnownOrFreePorts(directory: string): Promise<Sandbox> {
  const clairWebhook = `${baseUrl()}/api/supply-chain/notifications/clair`;
  try {
    return await startSandbox({ directory, clairWebhook });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') {
      throw error;
    }
    // A second portal on the same machine, or another program.
    return startSandbox({
      directory,
      clairWebhook,
      ports: FREE_SANDBOX_PORTS,
    });
  }
}

/** Where `scripts/portal/backend.mjs` has the backend answer. */
function baseUrl(): string {
  const url = process.env.APP_CONFIG_backend_baseUrl;
  return url ? JSON.parse(url) : 'http://localhost:7007';
}

async function main(): Promise<void> {
  const state = process.env.SUPPLY_CHAIN_SANDBOX_STATE;
  if (!state) {
    throw new Error(
      "expected SUPPLY_CHAIN_SANDBOX_STATE to name a directory; start the sandbox with 'npm start'",
    );
  }
  // Whoever starts the backend may keep a sandbox of its own, which then outlives this process.
  if (!process.env.SANDBOX_POLICY_FILE) {
    const sandbox = await startOnKnownOrFreePorts(join(state, 'world'));
    Object.assign(process.env, sandboxEnvironment(sandbox));
  }
  const backend = createPortalBackend();
  backend.add(sandboxSignIns);
  await backend.start();
  askForWaiver({ url: baseUrl() });
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
