import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { parseImageReference } from 'backstage-plugin-supply-chain-common';
import {
  CredentialUsers,
  DEFAULT_REGISTRY_LIMITS,
  RegistryClientOptions,
  RegistryEntry,
  RegistryLimits,
} from './registryOptions';

/**
 * Reads `supplyChain.registries`, `supplyChain.registryAllowList` and
 * `supplyChain.registryLimits` into plain options.
 *
 * @throws InputError when a host is none, credentials are half written, or `onlyFor` names nobody.
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
  const identityToken = entry.getOptionalString('identityToken');
  const onlyFor = readUsers(entry.getOptionalConfig('onlyFor'), host);
  if (onlyFor && username === undefined && identityToken === undefined) {
    throw new InputError(
      `expected credentials beside "onlyFor" of registry "${host}", got none`,
    );
  }
  return {
    host,
    repositoryPrefix: entry.getOptionalString('repositoryPrefix'),
    username,
    password,
    identityToken,
    ...(onlyFor && { onlyFor }),
    insecure: entry.getOptionalBoolean('insecure'),
    allowPrivateAddress: entry.getOptionalBoolean('allowPrivateAddress'),
    tokenHosts: entry.getOptionalStringArray('tokenHosts')?.map(readHost),
    certificateAuthority: entry.getOptionalString('certificateAuthority'),
  };
}

const USER_KEYS = ['clusters', 'namespaces', 'entities'];

/** Whatever would bind credentials to nobody, or to more than was meant, is a mistake. */
function readUsers(
  config: Config | undefined,
  host: string,
): CredentialUsers | undefined {
  if (!config) {
    return undefined;
  }
  const unknown = config.keys().find(key => !USER_KEYS.includes(key));
  if (unknown !== undefined) {
    throw new InputError(
      `expected ${USER_KEYS.join(
        ', ',
      )} in "onlyFor" of registry "${host}", got "${unknown}"`,
    );
  }
  const clusters = config.getOptionalStringArray('clusters');
  const namespaces = config.getOptionalStringArray('namespaces');
  const entities = config
    .getOptionalStringArray('entities')
    ?.map(text => readEntityPattern(text, host));
  const lists = [clusters, namespaces, entities].filter(list => list);
  if (lists.length === 0 || lists.some(list => list?.length === 0)) {
    throw new InputError(
      `expected names in "onlyFor" of registry "${host}", got an empty list or none`,
    );
  }
  return {
    ...(clusters && { clusters }),
    ...(namespaces && { namespaces }),
    ...(entities && { entities }),
  };
}

function readEntityPattern(text: string, host: string): string {
  if (!/^[^:/]+:[^:/]+\/[^:/]+$/.test(text)) {
    throw new InputError(
      `expected a full entity ref such as "component:default/web" or "component:payments/*" in "onlyFor" of registry "${host}", got "${text}"`,
    );
  }
  return text.toLocaleLowerCase('en-US');
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
