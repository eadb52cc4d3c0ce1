import { parseDigest } from 'backstage-plugin-supply-chain-common';
import {
  MANIFEST_ACCEPT,
  readManifest,
  RegistryManifest,
} from './readManifest';
import { RegistrySession } from './RegistrySession';
import { RegistryResult } from './registryResult';

/** Reads a manifest by digest or tag. */
export async function fetchManifest(
  session: RegistrySession,
  reference: string,
): Promise<RegistryResult<RegistryManifest>> {
  const response = await session.get({
    target: `/v2/${session.path}/manifests/${reference}`,
    accept: MANIFEST_ACCEPT,
    maxBytes: session.limits.manifestMaxBytes,
  });
  return response.ok
    ? readManifest({
        bytes: response.value.body,
        contentType: response.value.header('content-type'),
        expectedDigest: parseDigest(reference),
      })
    : response;
}
