import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  canonicalRegistryDomain,
  parseStrictJson,
} from 'backstage-plugin-supply-chain-common';
import type { RegistryEntry } from 'backstage-plugin-supply-chain-node/registry';
import { CommandLineError } from '../commandLine/CommandLineError';

const MAX_BYTES = 4 * 1024 * 1024;

/** Credentials of `docker login`, and those that stand where this command does not look. */
export type DockerConfig = {
  /** The file they come from. */
  path: string;
  entries: RegistryEntry[];
  /** Why a host is read anonymously although the file says something about it. */
  notRead: Map<string, string>;
};

type Section = Record<string, unknown>;

/**
 * Reads the `auths` of a Docker configuration; without the file nobody is logged in.
 * https://docs.docker.com/reference/cli/docker/login/#credential-stores
 *
 * @throws CommandLineError when the file cannot be read or is no JSON.
 */
export async function readDockerConfig(options: {
  environment: Readonly<Record<string, string | undefined>>;
  homeDirectory: string;
}): Promise<DockerConfig> {
  const { environment, homeDirectory } = options;
  return readDockerConfigFile(
    join(
      environment.DOCKER_CONFIG || join(homeDirectory, '.docker'),
      'config.json',
    ),
  );
}

/**
 * The same for a file at another place.
 *
 * @throws CommandLineError when the file cannot be read or is no JSON.
 */
export async function readDockerConfigFile(
  path: string,
): Promise<DockerConfig> {
  const root = await readSection(path);
  const config: DockerConfig = { path, entries: [], notRead: new Map() };
  for (const key of Object.keys(asSection(root.credHelpers))) {
    config.notRead.set(
      hostOf(key).host,
      `"credHelpers" of "${path}" are not supported`,
    );
  }
  for (const [key, value] of Object.entries(asSection(root.auths))) {
    addAuth(config, { key, auth: asSection(value), root });
  }
  return config;
}

async function readSection(path: string): Promise<Section> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return {};
    }
    throw unreadable(path, (error as Error).message);
  }
  // The message of the parser would quote the file, and with it a password.
  const parsed = parseStrictJson(bytes, { maxBytes: MAX_BYTES });
  if (!parsed.ok || !isSection(parsed.value)) {
    throw unreadable(path, 'it is no JSON object');
  }
  return parsed.value;
}

function addAuth(
  config: DockerConfig,
  { key, auth, root }: { key: string; auth: Section; root: Section },
): void {
  const { host, repositoryPrefix } = hostOf(key);
  const secret = secretOf(auth);
  if (secret) {
    config.entries.push({ host, repositoryPrefix, ...secret });
    // What stands in the file itself is read, whatever a helper would say.
    config.notRead.delete(host);
  } else if (!config.notRead.has(host)) {
    config.notRead.set(
      host,
      typeof root.credsStore === 'string'
        ? `"credsStore" of "${config.path}" is not supported`
        : `"auths" of "${config.path}" holds no usable credentials for it`,
    );
  }
}

function secretOf(
  auth: Section,
): Pick<RegistryEntry, 'username' | 'password' | 'identityToken'> | undefined {
  if (typeof auth.identitytoken === 'string' && auth.identitytoken !== '') {
    return { identityToken: auth.identitytoken };
  }
  const { username, password } = auth;
  if (typeof username === 'string' && typeof password === 'string') {
    return { username, password };
  }
  const pair =
    typeof auth.auth === 'string'
      ? Buffer.from(auth.auth, 'base64').toString('utf8')
      : '';
  const colon = pair.indexOf(':');
  return colon > 0
    ? { username: pair.slice(0, colon), password: pair.slice(colon + 1) }
    : undefined;
}

/** A key is a host, an address such as `https://index.docker.io/v1/`, or a host with a repository. */
function hostOf(key: string): { host: string; repositoryPrefix?: string } {
  const [host, ...path] = key.replace(/^https?:\/\//, '').split('/');
  const prefix = path.filter(part => part !== '').join('/');
  const isApiVersion = /^v[12]?$/.test(prefix);
  return {
    host: canonicalRegistryDomain(host),
    ...(prefix !== '' && !isApiVersion && { repositoryPrefix: prefix }),
  };
}

function isSection(value: unknown): value is Section {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asSection(value: unknown): Section {
  return isSection(value) ? value : {};
}

function unreadable(path: string, why: string): CommandLineError {
  return new CommandLineError('configuration', [
    `the Docker configuration "${path}" cannot be read: ${why}`,
  ]);
}
