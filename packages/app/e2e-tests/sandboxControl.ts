import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The control endpoint of the sandbox a portal runs on. */
export type SandboxControl = {
  act(action: string, body: Record<string, unknown>): Promise<void>;
  /** The policy documents the portal uses. */
  policyFile: string;
  /** Hosts of the registries and of the Notary server, which speak plain HTTP. */
  registryHosts: string[];
};

/** Reads where the endpoint is and its token from the sandbox's own file. */
export function openSandboxControl(stateDirectory: string): SandboxControl {
  const directory = join(stateDirectory, 'world');
  const sandbox = JSON.parse(
    readFileSync(join(directory, 'sandbox.json'), 'utf8'),
  );
  return {
    policyFile: join(directory, 'policy.yaml'),
    registryHosts: [
      sandbox.registryUrl,
      sandbox.vendorUrl,
      sandbox.notaryUrl,
    ].map(url => new URL(url).host),
    async act(action, body) {
      const response = await fetch(`${sandbox.controlUrl}/control/${action}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${sandbox.controlToken}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(body),
      });
      if (!response.ok) {
        throw new Error(
          `${action}: ${response.status} ${await response.text()}`,
        );
      }
    },
  };
}
