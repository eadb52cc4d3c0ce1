import { parseChallenges } from './parseChallenges';
import {
  credentialIdOf,
  HostPermissions,
  RegistryCredential,
  RegistryDirectory,
  RepositoryAccess,
} from './RegistryDirectory';
import {
  registryFailure,
  RegistryResult,
  registryValue,
} from './registryResult';
import { failureOfStatus } from './failureOfStatus';
import { isTokenHostTrusted } from './isTokenHostTrusted';
import { parseTokenResponse } from './parseTokenResponse';
import { RegistryLimits } from './registryOptions';
import { RegistryTransport, TransportRequest } from './RegistryTransport';

type CachedAuthorization = { value: string; expiresAtMs: number };

type TokenRequest = {
  realm: URL;
  service?: string;
  repository: RepositoryAccess;
  permissions: HostPermissions;
  signal: AbortSignal;
};

const TOKEN_RESPONSE_MAX_BYTES = 64 * 1024;
const CACHE_MAX_ENTRIES = 2_000;
const CLIENT_ID = 'backstage-plugin-supply-chain';

/**
 * Answers challenges of registries. Nothing is sent before a registry asks,
 * and what is sent is bound to host and repository (L30).
 *
 * https://distribution.github.io/distribution/spec/auth/token/
 */
export class RegistryAuthenticator {
  readonly #cache = new Map<string, CachedAuthorization>();
  readonly #transport: RegistryTransport;
  readonly #directory: RegistryDirectory;
  readonly #limits: RegistryLimits;
  readonly #now: () => number;

  constructor(options: {
    transport: RegistryTransport;
    directory: RegistryDirectory;
    limits: RegistryLimits;
    now: () => number;
  }) {
    this.#transport = options.transport;
    this.#directory = options.directory;
    this.#limits = options.limits;
    this.#now = options.now;
  }

  /** The authorization of an earlier answer, while it is valid. */
  cached(repository: RepositoryAccess): string | undefined {
    const entry = this.#cache.get(cacheKey(repository));
    return entry && entry.expiresAtMs > this.#now() ? entry.value : undefined;
  }

  /** Forgets an authorization the registry no longer accepts. */
  forget(repository: RepositoryAccess): void {
    this.#cache.delete(cacheKey(repository));
  }

  /** Answers a `WWW-Authenticate` header with an `Authorization` header. */
  async answer(options: {
    challenge: string | undefined;
    repository: RepositoryAccess;
    signal: AbortSignal;
  }): Promise<RegistryResult<string>> {
    const challenges = parseChallenges(options.challenge ?? '');
    const bearer = challenges.find(each => each.scheme === 'bearer');
    if (bearer) {
      return this.#answerBearer({ ...options, parameters: bearer.parameters });
    }
    const { credential } = options.repository;
    const asksBasic = challenges.some(each => each.scheme === 'basic');
    if (!asksBasic || credential?.username === undefined) {
      return registryFailure(
        'registryRefused',
        asksBasic
          ? 'the registry asks for a user and none is configured'
          : 'the registry asks for no known kind of authentication',
        { status: 401 },
      );
    }
    const value = basicAuthorization(credential);
    this.#remember(options.repository, value, Number.POSITIVE_INFINITY);
    return registryValue(value);
  }

  async #answerBearer(options: {
    parameters: Map<string, string>;
    repository: RepositoryAccess;
    signal: AbortSignal;
  }): Promise<RegistryResult<string>> {
    const { repository, signal } = options;
    const realm = this.#trustedRealm(
      options.parameters.get('realm'),
      repository.domain,
    );
    if (!realm.ok) {
      return realm;
    }
    const response = await this.#transport.send(
      tokenRequest({
        ...realm.value,
        service: options.parameters.get('service'),
        repository,
        signal,
      }),
    );
    if (!response.ok) {
      return response;
    }
    if (response.value.status === 400) {
      // RFC 6749 section 5.2: how a token service says that a refresh token is not valid.
      return registryFailure(
        'registryRefused',
        'the token service answered 400',
        {
          status: 400,
        },
      );
    }
    if (response.value.status !== 200) {
      return failureOfStatus(response.value, {
        what: 'token service',
        nowMs: this.#now(),
        retryAfterMaxMs: this.#limits.retryAfterMaxMs,
      });
    }
    const token = parseTokenResponse(response.value.body);
    if (!token) {
      return registryFailure(
        'malformedDocument',
        'the token service answered without a usable token',
      );
    }
    const value = `Bearer ${token.token}`;
    this.#remember(repository, value, this.#now() + token.validForMs);
    return registryValue(value);
  }

  #trustedRealm(
    realm: string | undefined,
    domain: string,
  ): RegistryResult<{ realm: URL; permissions: HostPermissions }> {
    const registry = this.#directory.baseUrl(domain);
    const own = this.#directory.permissionsFor(domain);
    const url = realm && URL.canParse(realm) ? new URL(realm) : undefined;
    const trust =
      url &&
      isTokenHostTrusted(url, {
        registry,
        tokenHosts: this.#directory.tokenHosts(domain),
      });
    if (!url || !trust || url.username || url.password) {
      return registryFailure(
        'tokenRealmRefused',
        `"${domain}" sends to the token service "${
          url?.host ?? ''
        }", which is not trusted`,
      );
    }
    // Only the registry's own host and those listed share what was allowed for it.
    const permissions =
      trust === 'listed' ? own : this.#directory.permissionsForUrl(url);
    if (
      url.protocol !== 'https:' &&
      !(url.protocol === 'http:' && permissions.insecure)
    ) {
      return registryFailure(
        'tokenRealmRefused',
        `the token service "${url.host}" of "${domain}" is not https`,
      );
    }
    return registryValue({ realm: url, permissions });
  }

  #remember(
    repository: RepositoryAccess,
    value: string,
    expiresAtMs: number,
  ): void {
    const key = cacheKey(repository);
    this.#cache.delete(key);
    this.#cache.set(key, { value, expiresAtMs });
    if (this.#cache.size > CACHE_MAX_ENTRIES) {
      const [oldest] = this.#cache.keys();
      this.#cache.delete(oldest);
    }
  }
}

/** What was obtained with some credentials is never shown for somebody they are not for (L30). */
function cacheKey(access: RepositoryAccess): string {
  const { domain, path } = access;
  return `${domain}/${path} ${credentialIdOf(access)}`;
}

function basicAuthorization(credential: RegistryCredential): string {
  const pair = `${credential.username}:${credential.password ?? ''}`;
  return `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`;
}

/** The request of the scope we need, whatever scope the registry names. */
function tokenRequest(options: TokenRequest): TransportRequest {
  const { realm, service, repository, permissions, signal } = options;
  const { credential } = repository;
  const parameters: Record<string, string> = {
    ...(service !== undefined && { service }),
    scope: `repository:${repository.path}:pull`,
  };
  const common = {
    permissions,
    signal,
    maxBytes: TOKEN_RESPONSE_MAX_BYTES,
    // A token service that moves is listed anew; secrets do not follow it.
    redirectsMax: 0,
  };
  if (credential?.identityToken !== undefined) {
    // https://distribution.github.io/distribution/spec/auth/oauth/
    return {
      ...common,
      url: realm,
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        ...parameters,
        grant_type: 'refresh_token',
        client_id: CLIENT_ID,
        refresh_token: credential.identityToken,
      }).toString(),
    };
  }
  const url = new URL(realm);
  Object.entries(parameters).forEach(([name, value]) =>
    url.searchParams.set(name, value),
  );
  return {
    ...common,
    url,
    headers: { accept: 'application/json' },
    ...(credential && { authorization: basicAuthorization(credential) }),
  };
}
