import {
  canonicalRegistryDomain,
  registryApiHost,
} from 'backstage-plugin-supply-chain-common';
import { RegistryEntry } from './registryOptions';

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

const ANONYMOUS_ID = 'anonymous';

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
  readonly #entries: RegistryEntry[];
  readonly #allowList: Set<string> | undefined;

  constructor(entries: RegistryEntry[], allowList: string[] | undefined) {
    this.#entries = entries.map(entry => ({
      ...entry,
      host: canonicalRegistryDomain(entry.host),
      repositoryPrefix: trimSlashes(entry.repositoryPrefix),
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
    const scheme = this.permissionsFor(domain).insecure ? 'http' : 'https';
    return new URL(`${scheme}://${registryApiHost(domain)}/`);
  }

  /** What is allowed for the registry of a domain. */
  permissionsFor(domain: string): HostPermissions {
    return this.#merge(this.#entries.filter(entry => entry.host === domain));
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
   * The secrets for a repository: same host, and the longest prefix that ends
   * at a path boundary (L30, CVE-2026-59891).
   */
  credentialFor(repository: RepositoryName): RegistryCredential | undefined {
    const [entry] = this.#entries
      .filter(
        each =>
          each.host === repository.domain &&
          (each.identityToken !== undefined || each.username !== undefined) &&
          isAtOrBelow(repository.path, each.repositoryPrefix ?? ''),
      )
      .sort(
        (a, b) =>
          (b.repositoryPrefix ?? '').length - (a.repositoryPrefix ?? '').length,
      );
    return (
      entry && {
        id: `${entry.host}/${entry.repositoryPrefix}#${this.#entries.indexOf(
          entry,
        )}`,
        username: entry.username,
        password: entry.password,
        identityToken: entry.identityToken,
      }
    );
  }

  /** Names the credentials a repository is read with, without revealing them. */
  credentialId(repository: RepositoryName): string {
    return this.credentialFor(repository)?.id ?? ANONYMOUS_ID;
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
