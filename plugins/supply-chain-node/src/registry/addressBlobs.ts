import { Digest } from 'backstage-plugin-supply-chain-common';
import { RegistrySession } from './RegistrySession';
import {
  registryFailure,
  RegistryResult,
  registryValue,
} from './registryResult';

/**
 * Where somebody else may fetch a blob, and with what.
 *
 * @public
 */
export interface BlobAddress {
  digest: Digest;
  url: string;
  /**
   * A token for this repository, for pulling, as short-lived as the registry makes it; for the address above and no
   * other. Never a password.
   */
  authorization?: string;
}

/**
 * Finds out where blobs lie, without reading them. Where the registry redirects to a store, the address is that of the
 * store, which carries its own permission: the token stays here.
 */
export async function addressBlobs(
  session: RegistrySession,
  digests: Digest[],
): Promise<RegistryResult<BlobAddress[]>> {
  const addresses: BlobAddress[] = [];
  // An old token may end before it is used.
  session.forgetAuthorization();
  for (const digest of digests) {
    const address = await addressBlob(session, digest);
    if (!address.ok) {
      return address;
    }
    addresses.push(address.value);
  }
  return registryValue(addresses);
}

async function addressBlob(
  session: RegistrySession,
  digest: Digest,
): Promise<RegistryResult<BlobAddress>> {
  const target = `/v2/${session.path}/blobs/${digest}`;
  const response = await session.request({
    target,
    accept: '*/*',
    // Only whether and from where it would be sent is asked.
    range: 'bytes=0-0',
    maxBytes: 1,
    stopsAtRedirect: true,
  });
  if (!response.ok) {
    const isServed = response.reason === 'tooLarge' && response.status === 200;
    return isServed ? ownAddress(session, { digest, target }) : response;
  }
  const { status, redirect } = response.value;
  if (redirect) {
    return registryValue({ digest, url: redirect.href });
  }
  // 416: the blob is empty.
  return status === 200 || status === 206 || status === 416
    ? ownAddress(session, { digest, target })
    : session.failure(response.value);
}

function ownAddress(
  session: RegistrySession,
  { digest, target }: { digest: Digest; target: string },
): RegistryResult<BlobAddress> {
  const url = session.url(target).href;
  const { authorization } = session;
  if (authorization !== undefined && !/^Bearer /.test(authorization)) {
    return registryFailure(
      'credentialsWithheld',
      'the registry takes a password only, which is not given to others',
    );
  }
  return registryValue({
    digest,
    url,
    ...(authorization !== undefined && { authorization }),
  });
}
