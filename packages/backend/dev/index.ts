// The backend together with the sandbox, in one process: what `npm start` runs.
// It stands beside `src`, so the sandbox is in no production build (L35).
import { join } from 'node:path';
import { FREE_SANDBOX_PORTS, startSandbox, type Sandbox } from 'sandbox';

async function startOnKnownOrFreePorts(directory: string): Promise<Sandbox> {
  try {
    return await startSandbox({ directory });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') {
      throw error;
    }
    // A second portal on the same machine, or another program.
    return startSandbox({ directory, ports: FREE_SANDBOX_PORTS });
  }
}

/** What app-config.sandbox.yaml refers to. */
function configurationOf(sandbox: Sandbox): Record<string, string> {
  const cluster = (name: string) => {
    const found = sandbox.clusters.find(candidate => candidate.name === name);
    if (!found) {
      throw new Error(`expected a cluster '${name}' in the sandbox, got none`);
    }
    return found;
  };
  return {
    SANDBOX_POLICY_FILE: sandbox.policyFile,
    SANDBOX_REGISTRY_HOST: new URL(sandbox.registryUrl).host,
    SANDBOX_VENDOR_HOST: new URL(sandbox.vendorUrl).host,
    SANDBOX_PROD_EU_URL: cluster('prod-eu').url,
    SANDBOX_PROD_EU_TOKEN: cluster('prod-eu').token,
    SANDBOX_PROD_US_URL: cluster('prod-us').url,
    SANDBOX_PROD_US_TOKEN: cluster('prod-us').token,
  };
}

async function main(): Promise<void> {
  const state = process.env.SUPPLY_CHAIN_SANDBOX_STATE;
  if (!state) {
    throw new Error(
      "expected SUPPLY_CHAIN_SANDBOX_STATE to name a directory; start the sandbox with 'npm start'",
    );
  }
  const sandbox = await startOnKnownOrFreePorts(join(state, 'world'));
  Object.assign(process.env, configurationOf(sandbox));
  await import('../src');
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
