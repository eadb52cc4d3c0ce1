import type { Sandbox } from './startSandbox';

/**
 * The variables `app-config.sandbox.yaml` refers to.
 *
 * @public
 */
export function sandboxEnvironment(sandbox: Sandbox): Record<string, string> {
  const cluster = (name: string) => {
    const found = sandbox.clusters.find(candidate => candidate.name === name);
    if (!found) {
      throw new Error(`expected a cluster '${name}' in the sandbox, got none`);
    }
    return found;
  };
  return {
    SANDBOX_POLICY_FILE: sandbox.policyFile,
    SANDBOX_KEV_FILE: sandbox.kevFile,
    SANDBOX_EPSS_FILE: sandbox.epssFile,
    SANDBOX_REGISTRY_HOST: new URL(sandbox.registryUrl).host,
    SANDBOX_VENDOR_HOST: new URL(sandbox.vendorUrl).host,
    SANDBOX_NOTARY_HOST: new URL(sandbox.notaryUrl).host,
    SANDBOX_CLAIR_URL: sandbox.clairAddress.url,
    SANDBOX_CLAIR_KEY: sandbox.clairAddress.key,
    SANDBOX_CLAIR_ISSUER: sandbox.clairAddress.issuer,
    SANDBOX_PROD_EU_URL: cluster('prod-eu').url,
    SANDBOX_PROD_EU_TOKEN: cluster('prod-eu').token,
    SANDBOX_PROD_US_URL: cluster('prod-us').url,
    SANDBOX_PROD_US_TOKEN: cluster('prod-us').token,
  };
}
