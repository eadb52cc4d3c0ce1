import type { LookupAddress } from 'dns';
import type { LookupFunction } from 'net';
import { isAddressAllowed } from './addressRules';
import { AddressResolver } from './registryOptions';

/** A host name resolved to an address that may not be connected to. */
export class AddressNotAllowedError extends Error {
  readonly code = 'ADDRESS_NOT_ALLOWED';
}

/**
 * The `lookup` of a connection. Its answer is what the socket connects to, so
 * a name server has no second chance to answer differently after the check
 * (DNS rebinding). One refused address refuses the name: a mixed answer is how
 * a rebinding begins.
 */
export function createCheckedLookup(options: {
  resolveAddresses: AddressResolver;
  allowPrivateAddress: boolean;
}): LookupFunction {
  return (hostname, lookupOptions, callback) => {
    options.resolveAddresses(hostname).then(
      addresses => {
        const error = refusal(hostname, addresses, options.allowPrivateAddress);
        if (error) {
          callback(error, '');
        } else if (lookupOptions.all) {
          callback(null, addresses);
        } else {
          callback(null, addresses[0].address, addresses[0].family);
        }
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    );
  };
}

function refusal(
  hostname: string,
  addresses: LookupAddress[],
  allowPrivateAddress: boolean,
): NodeJS.ErrnoException | undefined {
  if (addresses.length === 0) {
    return Object.assign(new Error(`no address for "${hostname}"`), {
      code: 'ENOTFOUND',
    });
  }
  const refused = addresses.find(
    ({ address }) => !isAddressAllowed(address, allowPrivateAddress),
  );
  return (
    refused &&
    new AddressNotAllowedError(
      `"${hostname}" resolves to "${refused.address}", which is not allowed`,
    )
  );
}
