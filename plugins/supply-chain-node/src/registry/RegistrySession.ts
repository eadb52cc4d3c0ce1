import { AccessProof } from './AccessProof';
import { failureOfStatus } from './failureOfStatus';
import { RegistryAuthenticator } from './RegistryAuthenticator';
import {
  credentialIdOf,
  RegistryDirectory,
  RepositoryAccess,
} from './RegistryDirectory';
import { RegistryLimits } from './registryOptions';
import { registryFailure, RegistryResult } from './registryResult';
import { RegistryTransport, TransportResponse } from './RegistryTransport';

/** What every session of a client shares. */
export interface SessionDependencies {
  transport: RegistryTransport;
  authenticator: RegistryAuthenticator;
  directory: RegistryDirectory;
  limits: RegistryLimits;
  now: () => number;
}

/** One GET within a session. */
export interface SessionRequest {
  /** Absolute address, or a path below the registry. */
  target: string | URL;
  accept: string;
  maxBytes: number;
  /** Part of the body that is asked for, as `Range` writes it. */
  range?: string;
  /** The first redirect is the answer; it is checked and not followed. */
  stopsAtRedirect?: boolean;
}

/** One call of the client: a repository, a deadline, and who may say "not found". */
export class RegistrySession {
  readonly #dependencies: SessionDependencies;
  readonly #repository: RepositoryAccess;
  readonly #proof: AccessProof | undefined;
  readonly #signal: AbortSignal;

  constructor(options: {
    dependencies: SessionDependencies;
    repository: RepositoryAccess;
    proof?: AccessProof;
    signal: AbortSignal;
  }) {
    this.#dependencies = options.dependencies;
    this.#repository = options.repository;
    this.#proof = options.proof;
    this.#signal = options.signal;
  }

  get limits(): RegistryLimits {
    return this.#dependencies.limits;
  }

  /** Path of the repository inside the registry. */
  get path(): string {
    return this.#repository.path;
  }

  /** What the registry asked for to read this repository, after it was read; `undefined` where it is public. */
  get authorization(): string | undefined {
    return this.#dependencies.authenticator.cached(this.#repository);
  }

  /** Has the next request ask anew for what the registry wants. */
  forgetAuthorization(): void {
    this.#dependencies.authenticator.forget(this.#repository);
  }

  /** Whether a 404 in this session proves absence (L5). */
  get accessProven(): boolean {
    const { domain, path } = this.#repository;
    return (
      this.#proof?.covers(
        `${domain}/${path}`,
        credentialIdOf(this.#repository),
      ) ?? false
    );
  }

  /** The absolute address of a target. */
  url(target: string | URL): URL {
    return this.#dependencies.directory.resolve(
      target,
      this.#repository.domain,
    );
  }

  /** Any answer of the registry, after answering at most one challenge. */
  async request(
    request: SessionRequest,
  ): Promise<RegistryResult<TransportResponse>> {
    const { authenticator } = this.#dependencies;
    const first = await this.#send(
      request,
      authenticator.cached(this.#repository),
    );
    // A store that the registry redirected to gets no credentials.
    if (!first.ok || first.value.status !== 401 || first.value.crossOrigin) {
      return first;
    }
    authenticator.forget(this.#repository);
    const authorization = await authenticator.answer({
      challenge: first.value.header('www-authenticate'),
      repository: this.#repository,
      signal: this.#signal,
    });
    if (!authorization.ok) {
      return authorization;
    }
    const second = await this.#send(request, authorization.value);
    if (second.ok && second.value.status === 401) {
      authenticator.forget(this.#repository);
    }
    return second;
  }

  /** A successful answer; everything else is a failure. */
  async get(
    request: SessionRequest,
  ): Promise<RegistryResult<TransportResponse>> {
    const response = await this.request(request);
    if (!response.ok || response.value.status === 200) {
      return response;
    }
    return this.failure(response.value);
  }

  /** The failure an unsuccessful answer means. */
  failure(response: TransportResponse) {
    if (response.status === 404 && !response.crossOrigin) {
      return this.accessProven
        ? registryFailure('notFound', 'the registry answered 404', {
            status: 404,
          })
        : registryFailure(
            'accessNotProven',
            'the registry answered 404, and the repository was not read before',
            { status: 404 },
          );
    }
    return failureOfStatus(response, {
      what: 'registry',
      nowMs: this.#dependencies.now(),
      retryAfterMaxMs: this.limits.retryAfterMaxMs,
    });
  }

  async #send(
    request: SessionRequest,
    authorization: string | undefined,
  ): Promise<RegistryResult<TransportResponse>> {
    const { transport, directory } = this.#dependencies;
    return transport.send({
      url: this.url(request.target),
      headers: {
        accept: request.accept,
        ...(request.range && { range: request.range }),
      },
      authorization,
      permissions: directory.permissionsFor(this.#repository.domain),
      maxBytes: request.maxBytes,
      stopsAtRedirect: request.stopsAtRedirect,
      signal: this.#signal,
    });
  }
}
