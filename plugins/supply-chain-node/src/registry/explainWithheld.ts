import type { ReasonCode } from 'backstage-plugin-supply-chain-common';
import type { RepositoryName } from './RegistryDirectory';
import { registryFailure, RegistryResult } from './registryResult';

/** How registries answer somebody who shows no credentials for what is not public. */
const REFUSALS: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'registryRefused',
  'accessNotProven',
]);

/** Tells a refusal that follows from who asked (L30) from one that pull rights would mend. */
export function explainWithheld<T>(
  result: RegistryResult<T>,
  { domain, path }: RepositoryName,
): RegistryResult<T> {
  return result.ok || !REFUSALS.has(result.reason)
    ? result
    : registryFailure(
        'credentialsWithheld',
        `the credentials for "${domain}/${path}" are for other images, and without them: ${result.detail}`,
        { status: result.status },
      );
}
