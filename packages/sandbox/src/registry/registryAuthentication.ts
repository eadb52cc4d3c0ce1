import { randomBytes, timingSafeEqual } from 'node:crypto';
import { IncomingMessage } from 'node:http';
import { Reply } from '../http';

/**
 * How a registry wants to be asked.
 * @public
 */
export type RegistryAuthentication =
  | { kind: 'none' }
  | { kind: 'basic'; username: string; password: string }
  | {
      kind: 'token';
      /** Without a user the token service gives tokens to everybody. */
      username?: string;
      password?: string;
      /** @defaultValue 60 */
      lifetimeSeconds?: number;
      /** @defaultValue the registry itself, path `/token` */
      realm?: string;
    };

interface IssuedToken {
  scopes: string[];
  expiresAtMs: number;
}

/**
 * Decides whether a request may pass, and issues bearer tokens:
 * https://distribution.github.io/distribution/spec/auth/token/
 * @public
 */
export class RegistryGate {
  readonly #authentication: RegistryAuthentication;
  readonly #now: () => Date;
  readonly #tokens = new Map<string, IssuedToken>();
  static readonly SERVICE = 'sandbox-registry';

  constructor(options: {
    authentication: RegistryAuthentication;
    now: () => Date;
  }) {
    this.#authentication = options.authentication;
    this.#now = options.now;
  }

  /** The refusal, or undefined when the request may pass. */
  check(options: {
    request: IncomingMessage;
    url: string;
    repository?: string;
  }): Reply | undefined {
    const authentication = this.#authentication;
    switch (authentication.kind) {
      case 'none':
        return undefined;
      case 'basic':
        return hasBasic(options.request, authentication)
          ? undefined
          : unauthorized('Basic realm="sandbox"');
      case 'token':
        return this.#checkToken(options, authentication.realm);
      default:
        throw new TypeError('unknown kind of registry authentication');
    }
  }

  /** Answers `GET /token?service=&scope=`. */
  issue(request: IncomingMessage): Reply {
    const authentication = this.#authentication;
    if (authentication.kind !== 'token') {
      return json(404, {
        errors: [{ code: 'NOT_FOUND', message: 'no token' }],
      });
    }
    const { username, password } = authentication;
    if (
      username !== undefined &&
      !hasBasic(request, { username, password: password ?? '' })
    ) {
      return unauthorized('Basic realm="sandbox"');
    }
    const lifetimeSeconds = authentication.lifetimeSeconds ?? 60;
    const query = new URL(request.url ?? '/', 'http://sandbox').searchParams;
    const token = randomBytes(24).toString('base64url');
    this.#tokens.set(token, {
      scopes: query.getAll('scope').flatMap(scope => scope.split(' ')),
      expiresAtMs: this.#now().getTime() + lifetimeSeconds * 1000,
    });
    return json(200, {
      token,
      access_token: token,
      expires_in: lifetimeSeconds,
      issued_at: this.#now().toISOString(),
    });
  }

  #checkToken(
    options: { request: IncomingMessage; url: string; repository?: string },
    realm: string | undefined,
  ): Reply | undefined {
    const presented = /^Bearer (.+)$/i.exec(
      options.request.headers.authorization ?? '',
    )?.[1];
    const issued = presented ? this.#tokens.get(presented) : undefined;
    const scope = options.repository && `repository:${options.repository}:pull`;
    const challenge = (error?: string) =>
      unauthorized(
        [
          `Bearer realm="${realm ?? `${options.url}/token`}"`,
          `service="${RegistryGate.SERVICE}"`,
          ...(scope ? [`scope="${scope}"`] : []),
          ...(error ? [`error="${error}"`] : []),
        ].join(','),
      );
    if (!presented) {
      return challenge();
    }
    if (!issued || issued.expiresAtMs <= this.#now().getTime()) {
      return challenge('invalid_token');
    }
    return !scope || grants(issued.scopes, scope)
      ? undefined
      : challenge('insufficient_scope');
  }
}

function grants(scopes: string[], wanted: string): boolean {
  const [type, name] = wanted.split(/:(?=[^:]*$)/)[0].split(/:(.*)/s);
  return scopes.some(scope => {
    const parts = scope.split(':');
    const actions = parts.at(-1)?.split(',') ?? [];
    return (
      parts[0] === type &&
      parts.slice(1, -1).join(':') === name &&
      actions.includes('pull')
    );
  });
}

function hasBasic(
  request: IncomingMessage,
  expected: { username: string; password: string },
): boolean {
  const encoded = /^Basic (.+)$/i.exec(
    request.headers.authorization ?? '',
  )?.[1];
  return (
    encoded !== undefined &&
    equalsInConstantTime(
      Buffer.from(encoded, 'base64').toString('utf8'),
      `${expected.username}:${expected.password}`,
    )
  );
}

/**
 * Compares secrets without telling by the time taken how much was right.
 * @public
 */
export function equalsInConstantTime(left: string, right: string): boolean {
  const a = Buffer.from(left);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}

function json(status: number, body: unknown): Reply {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
    body: Buffer.from(JSON.stringify(body)),
  };
}

function unauthorized(challenge: string): Reply {
  const reply = json(401, {
    errors: [
      {
        code: 'UNAUTHORIZED',
        message: 'authentication required',
        detail: null,
      },
    ],
  });
  return {
    ...reply,
    headers: { ...reply.headers, 'WWW-Authenticate': challenge },
  };
}
