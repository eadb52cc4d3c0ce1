import { isIP } from 'net';
import { Pool } from 'undici';
import { isAddressAllowed } from './addressRules';
import { createCheckedLookup } from './createCheckedLookup';
import { HostPermissions, RegistryDirectory } from './RegistryDirectory';
import { AddressResolver, RegistryLimits } from './registryOptions';
import {
  registryFailure,
  RegistryResult,
  registryValue,
} from './registryResult';
import { RegistryTracker } from './RegistryTracker';
import { readAnswer, ReadAnswer } from './readAnswer';
import { failureOfError } from './failureOfError';

/** One request, before redirects. */
export interface TransportRequest {
  url: URL;
  method?: 'GET' | 'POST';
  headers: Record<string, string>;
  /** Sent to this origin only. */
  authorization?: string;
  body?: string;
  /** What is allowed for the first host; those of redirects are looked up. */
  permissions: HostPermissions;
  /** Largest body of a successful answer. */
  maxBytes: number;
  /** Default: {@link RegistryLimits.redirectsMax}. */
  redirectsMax?: number;
  /** The first redirect is the answer; it is checked and not followed. */
  stopsAtRedirect?: boolean;
  signal: AbortSignal;
}

/** An answer that was read to its end. */
export interface TransportResponse {
  status: number;
  body: Uint8Array;
  /** The answer came from another origin than was asked. */
  crossOrigin: boolean;
  /** Where it redirects to, for a request that stops there. */
  redirect?: URL;
  /** A header in lower case; several of one name are joined by a comma. */
  header(name: string): string | undefined;
}

type Hop = { url: URL; permissions: HostPermissions };

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
// Enough for every error document; the rest of one is of no use.
const ERROR_BODY_MAX_BYTES = 64 * 1024;
const POOLS_MAX = 64;
const USER_AGENT = 'backstage-plugin-supply-chain';

/**
 * HTTP with the protections every outgoing request of this package needs:
 * checked addresses, plain HTTP only where listed, counted bytes, and
 * redirects followed by hand.
 */
export class RegistryTransport {
  readonly #pools = new Map<string, Pool>();
  readonly #directory: RegistryDirectory;
  readonly #limits: RegistryLimits;
  readonly #resolveAddresses: AddressResolver;
  readonly #tracker: RegistryTracker | undefined;

  constructor(options: {
    directory: RegistryDirectory;
    limits: RegistryLimits;
    resolveAddresses: AddressResolver;
    tracker?: RegistryTracker;
  }) {
    this.#directory = options.directory;
    this.#limits = options.limits;
    this.#resolveAddresses = options.resolveAddresses;
    this.#tracker = options.tracker;
  }

  /** Sends the request and follows redirects within the limits. */
  async send(
    request: TransportRequest,
  ): Promise<RegistryResult<TransportResponse>> {
    const ended = this.#tracker?.requestStarted();
    const answer = await this.#follow(request);
    ended?.(answer.ok ? { status: answer.value.status } : answer);
    return answer;
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    const pools = [...this.#pools.values()];
    this.#pools.clear();
    await Promise.all(pools.map(pool => pool.destroy()));
  }

  async #follow(
    request: TransportRequest,
  ): Promise<RegistryResult<TransportResponse>> {
    const redirectsMax = request.redirectsMax ?? this.#limits.redirectsMax;
    let hop: Hop = { url: request.url, permissions: request.permissions };
    // Once dropped, credentials stay dropped: a chain may lead back.
    let authorization = request.authorization;
    for (let redirects = 0; ; redirects += 1) {
      const answer = await this.#exchange(request, hop, authorization);
      if (!answer.ok || !REDIRECTS.has(answer.value.status)) {
        return answer;
      }
      if (request.stopsAtRedirect) {
        return this.#withRedirect(hop, answer.value);
      }
      if (redirects >= redirectsMax) {
        return registryFailure(
          'redirectRefused',
          `expected at most ${redirectsMax} redirects, got more`,
        );
      }
      const next = this.#redirectTarget(hop, answer.value.header('location'));
      if (!next.ok) {
        return next;
      }
      if (next.value.url.origin !== hop.url.origin) {
        authorization = undefined;
      }
      hop = next.value;
    }
  }

  #withRedirect(
    hop: Hop,
    answer: TransportResponse,
  ): RegistryResult<TransportResponse> {
    const next = this.#redirectTarget(hop, answer.header('location'));
    // Whoever is told the address may stand where more can be reached.
    const refusal = next.ok ? refusalOfUrl(next.value) : next;
    return next.ok && !refusal
      ? registryValue({ ...answer, redirect: next.value.url })
      : refusal!;
  }

  async #exchange(
    request: TransportRequest,
    hop: Hop,
    authorization: string | undefined,
  ): Promise<RegistryResult<TransportResponse>> {
    const pool = this.#pool(hop);
    if (!pool.ok) {
      return pool;
    }
    try {
      const answer = await readAnswer({
        dispatcher: pool.value,
        request: {
          path: `${hop.url.pathname}${hop.url.search}`,
          method: request.method ?? 'GET',
          headers: {
            ...request.headers,
            'user-agent': USER_AGENT,
            // A compressed answer could grow without limit after it was counted.
            'accept-encoding': 'identity',
            ...(authorization !== undefined && { authorization }),
          },
          body: request.body,
        },
        maxBytesOf: status =>
          isSuccess(status) ? request.maxBytes : ERROR_BODY_MAX_BYTES,
        signal: request.signal,
      });
      return toResponse(request, hop, answer);
    } catch (error) {
      return failureOfError(error, request.signal);
    }
  }

  #redirectTarget(
    from: Hop,
    location: string | undefined,
  ): RegistryResult<Hop> {
    if (!location || !URL.canParse(location, from.url)) {
      return registryFailure(
        'redirectRefused',
        'expected a redirect with a valid location, got none',
      );
    }
    const url = new URL(location, from.url);
    const permissions = this.#directory.permissionsForUrl(url);
    const downgrade =
      from.url.protocol === 'https:' && url.protocol !== 'https:';
    const plainToUnlisted = url.protocol === 'http:' && !permissions.insecure;
    if (downgrade || plainToUnlisted || url.username || url.password) {
      return registryFailure(
        'redirectRefused',
        `redirect from "${from.url.origin}" to "${url.origin}" is not followed`,
      );
    }
    return registryValue({ url, permissions });
  }

  /** The connections to a host. A host that may not be connected to never has any. */
  #pool(hop: Hop): RegistryResult<Pool> {
    const { url, permissions } = hop;
    const { allowPrivateAddress, certificateAuthority } = permissions;
    const key = poolKeyOf(hop);
    const known = this.#pools.get(key);
    if (known) {
      return registryValue(known);
    }
    const refusal = refusalOfUrl(hop);
    if (refusal) {
      return refusal;
    }
    this.#dropOldestPool();
    const pool = new Pool(url.origin, {
      connections: this.#limits.concurrencyPerRegistry,
      headersTimeout: this.#limits.headersTimeoutMs,
      bodyTimeout: this.#limits.bodyTimeoutMs,
      connect: {
        timeout: this.#limits.connectTimeoutMs,
        lookup: createCheckedLookup({
          resolveAddresses: this.#resolveAddresses,
          allowPrivateAddress,
        }),
        ...(certificateAuthority && { ca: certificateAuthority }),
      },
    });
    this.#pools.set(key, pool);
    return registryValue(pool);
  }

  #dropOldestPool(): void {
    const [oldest] = this.#pools;
    if (oldest && this.#pools.size >= POOLS_MAX) {
      this.#pools.delete(oldest[0]);
      // Waits for requests in flight; nothing depends on when it ends.
      void oldest[1].close();
    }
  }
}

/** Everything that {@link refusalOfUrl} and the pool itself depend on. */
function poolKeyOf({ url, permissions }: Hop): string {
  const { insecure, allowPrivateAddress, certificateAuthority } = permissions;
  return `${url.origin} ${insecure} ${allowPrivateAddress} ${certificateAuthority}`;
}

function refusalOfUrl({ url, permissions }: Hop) {
  const isPlain = url.protocol === 'http:';
  if (url.protocol !== 'https:' && !(isPlain && permissions.insecure)) {
    return registryFailure(
      'registryNotAllowed',
      `"${url.protocol}//${url.host}" is neither https nor listed as insecure`,
    );
  }
  // A literal address is connected to without a lookup, so it is checked here.
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  return isIP(literal) &&
    !isAddressAllowed(literal, permissions.allowPrivateAddress)
    ? registryFailure('addressNotAllowed', `"${literal}" is not allowed`)
    : undefined;
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function toResponse(
  request: TransportRequest,
  hop: Hop,
  { status, headers, body }: ReadAnswer,
): RegistryResult<TransportResponse> {
  const header = (name: string) => {
    const value = headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  };
  if (isSuccess(status) && body === undefined) {
    return registryFailure(
      'tooLarge',
      `expected at most ${request.maxBytes} bytes, got more`,
      { status },
    );
  }
  const encoding = header('content-encoding');
  if (isSuccess(status) && encoding !== undefined && encoding !== 'identity') {
    return registryFailure(
      'wrongContentType',
      `expected no content encoding, got "${encoding}"`,
      { status },
    );
  }
  return registryValue({
    status,
    body: body ?? new Uint8Array(),
    crossOrigin: hop.url.origin !== request.url.origin,
    header,
  });
}
