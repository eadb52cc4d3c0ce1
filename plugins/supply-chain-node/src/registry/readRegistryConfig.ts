import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { parseImageReference } from 'backstage-plugin-supply-chain-common';
import {
  DEFAULT_REGISTRY_LIMITS,
  RegistryClientOptions,
  RegistryEntry,
  RegistryLimits,
} from './registryOptions';

/**
 * Reads `supplyChain.registries`, `supplyChain.registryAllowList` and
 * `supplyChain.registryLimits` into plain options.
 *
 * @throws InputError when a host is none, or credentials are half written.
 *
 * @public
 */
export function readRegistryConfig(
  config: Config,
): Pick<RegistryClientOptions, 'registries' | 'allowList' | 'limits'> {
  const root = config.getOptionalConfig('supplyChain');
  return {
    registries: (root?.getOptionalConfigArray('registries') ?? []).map(
      readEntry,
    ),
    allowList: root?.getOptionalStringArray('registryAllowList')?.map(readHost),
    limits: readLimits(root?.getOptionalConfig('registryLimits')),
  };
}

/** A host exactly as in references: an address or a path would silently match nothing. */
function readHost(host: string): string {
  const isHost = /[.:]/.test(host) || host === 'localhost';
  if (!isHost || host.includes('/') || !parseImageReference(`${host}/x`).ok) {
    throw new InputError(
      `expected a registry host such as "registry.acme.example:5000", got "${host}"`,
    );
  }
  return host;
}

function readEntry(entry: Config): RegistryEntry {
  const host = readHost(entry.getString('host'));
  const username = entry.getOptionalString('username');
  const password = entry.getOptionalString('password');
  if ((username === undefined) !== (password === undefined)) {
    throw new InputError(
      `expected both "username" and "password" for registry "${host}", got one of them`,
    );
  }
  return {
    host,
    repositoryPrefix: entry.getOptionalString('repositoryPrefix'),
    username,
    password,
    identityToken: entry.getOptionalString('identityToken'),
    insecure: entry.getOptionalBoolean('insecure'),
    allowPrivateAddress: entry.getOptionalBoolean('allowPrivateAddress'),
    tokenHosts: entry.getOptionalStringArray('tokenHosts')?.map(readHost),
    certificateAuthority: entry.getOptionalString('certificateAuthority'),
  };
}

function readLimits(config: Config | undefined): Partial<RegistryLimits> {
  const limits: Partial<RegistryLimits> = {};
  for (const name of Object.keys(DEFAULT_REGISTRY_LIMITS) as Array<
    keyof RegistryLimits
  >) {
    const value = config?.getOptionalNumber(name);
    if (value !== undefined) {
      if (!Number.isSafeInteger(value) || value < 1) {
        throw new InputError(
          `expected a whole number above zero for "registryLimits.${name}", got "${value}"`,
        );
      }
      limits[name] = value;
    }
  }
  return limits;
}
