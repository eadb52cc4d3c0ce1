import { isIP } from 'net';
import { Dispatcher, Pool } from 'undici';
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
import { readBody } from './readBody';
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
  signal: AbortSignal;
}

/** An answer that was read to its end. */
export interface TransportResponse {
  status: number;
  body: Uint8Array;
  /** The answer came from another origin than was asked. */
  crossOrigin: boolean;
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

  async #exchange(
    request: TransportRequest,
    hop: Hop,
    authorization: string | undefined,
  ): Promise<RegistryResult<TransportResponse>> {
    const refusal = refusalOfUrl(hop);
    if (refusal) {
      return refusal;
    }
    try {
      const response = await this.#pool(hop).request({
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
        signal: request.signal,
      });
      return await this.#readResponse(request, hop, response);
    } catch (error) {
      return failureOfError(error, request.signal);
    }
  }

  async #readResponse(
    request: TransportRequest,
    hop: Hop,
    response: Dispatcher.ResponseData,
  ): Promise<RegistryResult<TransportResponse>> {
    const header = (name: string) => {
      const value = response.headers[name];
      return Array.isArray(value) ? value.join(', ') : value;
    };
    const isSuccess = response.statusCode >= 200 && response.statusCode < 300;
    const body = await readBody(response.body, {
      maxBytes: isSuccess ? request.maxBytes : ERROR_BODY_MAX_BYTES,
      contentLength: header('content-length'),
    });
    if (isSuccess && body === undefined) {
      return registryFailure(
        'tooLarge',
        `expected at most ${request.maxBytes} bytes, got more`,
        { status: response.statusCode },
      );
    }
    const encoding = header('content-encoding');
    if (isSuccess && encoding !== undefined && encoding !== 'identity') {
      return registryFailure(
        'wrongContentType',
        `expected no content encoding, got "${encoding}"`,
        { status: response.statusCode },
      );
    }
    return registryValue({
      status: response.statusCode,
      body: body ?? new Uint8Array(),
      crossOrigin: hop.url.origin !== request.url.origin,
      header,
    });
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

  #pool({ url, permissions }: Hop): Pool {
    const { allowPrivateAddress, certificateAuthority } = permissions;
    const key = JSON.stringify([
      url.origin,
      allowPrivateAddress,
      certificateAuthority,
    ]);
    const known = this.#pools.get(key);
    if (known) {
      return known;
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
    return pool;
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
