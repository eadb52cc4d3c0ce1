import type { LookupAddress } from 'dns';
import type { RegistryTracker } from './RegistryTracker';

/**
 * Whose images credentials are used for (L30): those that run in one of the clusters, in one of the namespaces, for
 * one of the entities. Keys that are left out do not narrow; one place must match all that are given.
 *
 * @public
 */
export interface CredentialUsers {
  /** Globs over the names of clusters. */
  clusters?: string[];
  /** Globs over the names of namespaces. */
  namespaces?: string[];
  /** Full entity refs, lower case, or globs over them, e.g. `component:payments/*`. */
  entities?: string[];
}

/**
 * What the client knows about one registry, or one repository prefix of it.
 *
 * @public
 */
export interface RegistryEntry {
  /** Host as in references, with its port where one is written, e.g. `registry.acme.example:5000`. */
  host: string;
  /** The credentials below are used only for repositories at or below this path, e.g. `shop` (L30). */
  repositoryPrefix?: string;
  /** User name for Basic authentication or the token service. */
  username?: string;
  /** Password that belongs to `username`. */
  password?: string;
  /** Refresh token, exchanged at the token service for short-lived ones. */
  identityToken?: string;
  /** The credentials are used for these only. Default: for everything that runs. */
  onlyFor?: CredentialUsers;
  /** Speak plain HTTP to this host. Default false. */
  insecure?: boolean;
  /** Allow this host to resolve to private, loopback and link-local addresses. Default false. */
  allowPrivateAddress?: boolean;
  /** Hosts of token services outside the registry's own domain. */
  tokenHosts?: string[];
  /** PEM certificates trusted for this host in place of the public authorities. */
  certificateAuthority?: string;
}

/**
 * Limits of the client. Each has a default.
 *
 * @public
 */
export interface RegistryLimits {
  /** Largest manifest, index or referrers page. Default 4 MiB. */
  manifestMaxBytes: number;
  /** Largest blob, unless the call names another limit. Default 16 MiB. */
  blobMaxBytes: number;
  /** Time for one call with its authentication, redirects and pages. Default 60 s. */
  totalTimeoutMs: number;
  /** Time to connect. Default 5 s. */
  connectTimeoutMs: number;
  /** Time until the answer begins. Default 15 s. */
  headersTimeoutMs: number;
  /** Longest pause within a body. Default 15 s. */
  bodyTimeoutMs: number;
  /** Calls in flight for one registry. Default 4. */
  concurrencyPerRegistry: number;
  /** Redirects followed for one request. Default 5. */
  redirectsMax: number;
  /** Pages of referrers read for one subject. Default 16. */
  referrerPagesMax: number;
  /** Referrers read for one subject. Default 256. */
  referrersMax: number;
  /** Longest `Retry-After` that is honoured. Default 15 min. */
  retryAfterMaxMs: number;
}

/**
 * The defaults of {@link RegistryLimits}.
 *
 * @public
 */
export const DEFAULT_REGISTRY_LIMITS: Readonly<RegistryLimits> = {
  manifestMaxBytes: 4 * 1024 * 1024,
  blobMaxBytes: 16 * 1024 * 1024,
  totalTimeoutMs: 60_000,
  connectTimeoutMs: 5_000,
  headersTimeoutMs: 15_000,
  bodyTimeoutMs: 15_000,
  concurrencyPerRegistry: 4,
  redirectsMax: 5,
  referrerPagesMax: 16,
  referrersMax: 256,
  retryAfterMaxMs: 15 * 60_000,
};

/**
 * Resolves a host name to all its addresses.
 *
 * @public
 */
export type AddressResolver = (hostname: string) => Promise<LookupAddress[]>;

/**
 * Options of `RegistryClient.create`.
 *
 * @public
 */
export interface RegistryClientOptions {
  /** Registries with credentials or exceptions; others are read anonymously over HTTPS. */
  registries?: RegistryEntry[];
  /** The only hosts that may be asked. Undefined: any public one. */
  allowList?: string[];
  /** Limits that differ from {@link DEFAULT_REGISTRY_LIMITS}. */
  limits?: Partial<RegistryLimits>;
  /** Address resolution; the system's by default. */
  resolveAddresses?: AddressResolver;
  /** Milliseconds since the epoch; `Date.now` by default. Governs token lifetime and `Retry-After`. */
  now?: () => number;
  /** Hears of every request; by default nobody does. */
  tracker?: RegistryTracker;
}
