import {
  canonicalRegistryDomain,
  registryApiHost,
} from 'backstage-plugin-supply-chain-common';
import {
  createCredentialBinding,
  CredentialBinding,
} from './credentialBinding';
import { RegistryEntry } from './registryOptions';
import { RegistryUse } from './registryUse';

/** What a connection to one host is allowed to be. */
export interface HostPermissions {
  insecure: boolean;
  allowPrivateAddress: boolean;
  certificateAuthority?: string;
}

/** Secrets of one entry, with a name by which two uses are compared. */
export interface RegistryCredential {
  id: string;
  username?: string;
  password?: string;
  identityToken?: string;
}

/** A repository, split where the registry API splits it. */
export interface RepositoryName {
  domain: string;
  path: string;
}

/** A repository with what it is read with. */
export interface RepositoryAccess extends RepositoryName {
  /** Absent: anonymously. */
  credential?: RegistryCredential;
  /** Credentials are configured, and they are for others (L30). */
  withheld: boolean;
}

type DirectoryEntry = RegistryEntry & {
  repositoryPrefix: string;
  isFor: CredentialBinding;
};

const HOSTS_MAX = 1_000;
const ANONYMOUS_ID = 'anonymous';

/** Names what a repository is read with, without revealing it. */
export function credentialIdOf({ credential }: RepositoryAccess): string {
  return credential?.id ?? ANONYMOUS_ID;
}

function isAtOrBelow(path: string, prefix: string): boolean {
  return prefix === '' || path === prefix || path.startsWith(`${prefix}/`);
}

function trimSlashes(prefix: string | undefined): string {
  return (prefix ?? '').replace(/^\/|\/$/g, '');
}

/** `host:port` with the port written out, so that no spelling differs. */
function authorityOf(url: URL): string {
  return `${url.hostname}:${
    url.port || (url.protocol === 'http:' ? '80' : '443')
  }`;
}

/** Answers what is configured for a host or repository. Knows no network. */
export class RegistryDirectory {
  readonly #entries: DirectoryEntry[];
  readonly #allowList: Set<string> | undefined;
  /** Asked for every request; bounded, as references name hosts. */
  readonly #hosts = new Map<
    string,
    { permissions: HostPermissions; baseUrl: string }
  >();

  constructor(entries: RegistryEntry[], allowList: string[] | undefined) {
    this.#entries = entries.map(entry => ({
      ...entry,
      host: canonicalRegistryDomain(entry.host),
      repositoryPrefix: trimSlashes(entry.repositoryPrefix),
      isFor: createCredentialBinding(entry.onlyFor),
    }));
    this.#allowList =
      allowList && new Set(allowList.map(canonicalRegistryDomain));
  }

  /** Whether the registry may be asked at all. */
  isAllowed(domain: string): boolean {
    return !this.#allowList || this.#allowList.has(domain);
  }

  /** Where the API of the registry is. */
  baseUrl(domain: string): URL {
    return new URL(this.#host(domain).baseUrl);
  }

  /** The address of a path below the API of the registry, or of an absolute address. */
  resolve(target: string | URL, domain: string): URL {
    return new URL(target, this.#host(domain).baseUrl);
  }

  /** What is allowed for the registry of a domain. */
  permissionsFor(domain: string): HostPermissions {
    return this.#host(domain).permissions;
  }

  /** What is allowed for the host of an address, e.g. the target of a redirect. */
  permissionsForUrl(url: URL): HostPermissions {
    return this.#merge(
      this.#entries.filter(
        entry => authorityOf(this.baseUrl(entry.host)) === authorityOf(url),
      ),
    );
  }

  /** Hosts listed as token services of the registry. */
  tokenHosts(domain: string): string[] {
    return this.#entries
      .filter(entry => entry.host === domain)
      .flatMap(entry => entry.tokenHosts ?? [])
      .map(host => host.toLowerCase());
  }

  /**
   * The secrets for a repository: same host, and the longest prefix that ends at a path boundary (L30,
   * CVE-2026-59891), as far as they are for these users. Where they are not, a shorter prefix does not step in: who
   * binds a part of a registry to some keeps the others out of it.
   */
  accessTo(
    { domain, path }: RepositoryName,
    use: RegistryUse | undefined,
  ): RepositoryAccess {
    const matching = this.#entries.filter(
      each =>
        each.host === domain &&
        (each.identityToken !== undefined || each.username !== undefined) &&
        isAtOrBelow(path, each.repositoryPrefix),
    );
    const longest = Math.max(
      ...matching.map(each => each.repositoryPrefix.length),
    );
    const nearest = matching.filter(
      each => each.repositoryPrefix.length === longest,
    );
    const usable = nearest.filter(each => each.isFor(use));
    const entry = usable.find(each => each.onlyFor) ?? usable[0];
    return {
      domain,
      path,
      withheld: nearest.length > 0 && !entry,
      ...(entry && { credential: this.#credentialOf(entry) }),
    };
  }

  #host(domain: string): { permissions: HostPermissions; baseUrl: string } {
    const known = this.#hosts.get(domain);
    if (known) {
      return known;
    }
    const permissions = this.#merge(
      this.#entries.filter(entry => entry.host === domain),
    );
    const scheme = permissions.insecure ? 'http' : 'https';
    const host = {
      permissions,
      baseUrl: `${scheme}://${registryApiHost(domain)}/`,
    };
    if (this.#hosts.size >= HOSTS_MAX) {
      this.#hosts.clear();
    }
    this.#hosts.set(domain, host);
    return host;
  }

  #credentialOf(entry: DirectoryEntry): RegistryCredential {
    const { host, repositoryPrefix, username, password, identityToken } = entry;
    const position = this.#entries.indexOf(entry);
    return {
      id: `${host}/${repositoryPrefix}#${position}`,
      username,
      password,
      identityToken,
    };
  }

  #merge(entries: RegistryEntry[]): HostPermissions {
    return {
      insecure: entries.some(entry => entry.insecure === true),
      allowPrivateAddress: entries.some(
        entry => entry.allowPrivateAddress === true,
      ),
      certificateAuthority: entries.find(entry => entry.certificateAuthority)
        ?.certificateAuthority,
    };
  }
}
