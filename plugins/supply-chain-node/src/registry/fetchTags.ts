import { parseJsonObject } from './parseJsonObject';
import { RegistrySession } from './RegistrySession';
import {
  registryFailure,
  RegistryResult,
  registryValue,
} from './registryResult';

/**
 * Asks for one tag of a repository: the cheapest request that a registry answers with 200 exactly when the repository
 * exists and may be read, whatever it holds.
 *
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-tags
 */
export async function fetchTags(
  session: RegistrySession,
): Promise<RegistryResult<true>> {
  const response = await session.get({
    target: `/v2/${session.path}/tags/list?n=1`,
    accept: 'application/json',
    maxBytes: session.limits.manifestMaxBytes,
  });
  if (!response.ok) {
    return response;
  }
  const tags = parseJsonObject(response.value.body)?.tags;
  // Registries write an empty list as null. Anything else is not the answer of a registry, however friendly its status.
  return tags === null || Array.isArray(tags)
    ? registryValue(true)
    : registryFailure('malformedDocument', 'expected a list of tags');
}
