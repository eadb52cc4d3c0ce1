import type { ServerResponse } from 'http';
import { OciRegistryServer } from 'sandbox';
import { RegistryClient } from './RegistryClient';
import { RegistryClientOptions, RegistryEntry } from './registryOptions';
import { ScriptedServer, SeenRequest } from './__testUtils__/ScriptedServer';
import {
  manifestText,
  OCI_MANIFEST,
  sha256,
} from './__testUtils__/testDocuments';

const text = manifestText();
const digest = sha256(text);
const BASIC = `Basic ${Buffer.from('robot$ci:pa:ss').toString('base64')}`;
const user = { username: 'robot$ci', password: 'pa:ss' };
const clients: RegistryClient[] = [];
let registry: ScriptedServer;
let other: ScriptedServer;

beforeEach(async () => {
  registry = await ScriptedServer.start();
  other = await ScriptedServer.start();
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map(client => client.close()));
  await Promise.all([registry.stop(), other.stop()]);
});

function createClient(
  entries: Array<Partial<RegistryEntry>>,
  options: RegistryClientOptions = {},
): RegistryClient {
  const client = RegistryClient.create({
    registries: entries.map(entry => ({
      host: registry.host,
      insecure: true,
      allowPrivateAddress: true,
      ...entry,
    })),
    resolveAddresses: async () => [{ address: '127.0.0.1', family: 4 }],
    ...options,
  });
  clients.push(client);
  return client;
}

const read = (
  client: RegistryClient,
  path = 'shop/web',
  host = registry.host,
) => client.getManifest(`${host}/${path}`, digest);

type TokenAnswer = (request: SeenRequest, response: ServerResponse) => void;

const json =
  (document: unknown, status = 200): TokenAnswer =>
  (_, response) => {
    response.writeHead(status).end(JSON.stringify(document));
  };

/** A registry that accepts only the token, and sends others to the realm. */
function requireToken(options: {
  token?: string;
  realm?: string;
  tokenAnswer?: TokenAnswer;
}) {
  const { token = 'good', realm = `${registry.url}/token` } = options;
  registry.handler = (request, response) => {
    if (request.url.startsWith('/token')) {
      (options.tokenAnswer ?? json({ token }))(request, response);
    } else if (request.headers.authorization === `Bearer ${token}`) {
      response.writeHead(200, { 'content-type': OCI_MANIFEST }).end(text);
    } else {
      response
        .writeHead(401, {
          'www-authenticate': `Bearer realm="${realm}",service="acme registry",scope="repository:shop/web:pull,push repository:secret:*"`,
        })
        .end();
    }
  };
}

const seen = () =>
  registry.requests.map(
    ({ method, url, headers }) =>
      `${method} ${url.split('?')[0]} ${headers.authorization ?? '-'}`,
  );

const MANIFEST = `/v2/shop/web/manifests/${digest}`;

describe('when the registry asks for a token', () => {
  it('fetches one anonymously, for pull only, whatever scope it names', async () => {
    requireToken({});
    expect(await read(createClient([{}]))).toMatchObject({ ok: true });
    expect(seen()).toEqual([
      `GET ${MANIFEST} -`,
      'GET /token -',
      `GET ${MANIFEST} Bearer good`,
    ]);
    const query = new URL(registry.requests[1].url, registry.url).searchParams;
    expect([...query]).toEqual([
      ['service', 'acme registry'],
      ['scope', 'repository:shop/web:pull'],
    ]);
  });

  it('shows the user to the token service and the token to the registry', async () => {
    requireToken({});
    expect(await read(createClient([user]))).toMatchObject({ ok: true });
    expect(seen()).toEqual([
      `GET ${MANIFEST} -`,
      `GET /token ${BASIC}`,
      `GET ${MANIFEST} Bearer good`,
    ]);
  });

  it('exchanges a refresh token by POST', async () => {
    requireToken({ tokenAnswer: json({ access_token: 'good' }) });
    const client = createClient([{ identityToken: 'refresh-me' }]);
    expect(await read(client)).toMatchObject({ ok: true });
    expect(registry.requests[1]).toMatchObject({
      method: 'POST',
      url: '/token',
    });
    expect(registry.requests[1].headers).not.toHaveProperty('authorization');
    expect(
      Object.fromEntries(new URLSearchParams(registry.requests[1].body)),
    ).toEqual({
      service: 'acme registry',
      scope: 'repository:shop/web:pull',
      grant_type: 'refresh_token',
      client_id: 'backstage-plugin-supply-chain',
      refresh_token: 'refresh-me',
    });
  });

  it('uses a token until shortly before it ends, and for its repository only', async () => {
    let nowMs = 0;
    requireToken({ tokenAnswer: json({ token: 'good', expires_in: 100 }) });
    const client = createClient([{}], { now: () => nowMs });
    await read(client);
    nowMs = 89_999;
    await read(client);
    expect(seen().slice(3)).toEqual([`GET ${MANIFEST} Bearer good`]);
    nowMs = 90_000;
    await read(client);
    expect(seen()[4]).toBe(`GET ${MANIFEST} -`);
    await read(client, 'shop/api');
    expect(seen()[7]).toBe(`GET /v2/shop/api/manifests/${digest} -`);
  });

  it('fetches another when the registry no longer accepts the one it has', async () => {
    requireToken({});
    const client = createClient([{}]);
    await read(client);
    requireToken({ token: 'newer' });
    expect(await read(client)).toMatchObject({ ok: true });
    expect(seen().slice(3)).toEqual([
      `GET ${MANIFEST} Bearer good`,
      'GET /token -',
      `GET ${MANIFEST} Bearer newer`,
    ]);
  });

  it('gives up when the registry refuses a fresh token', async () => {
    requireToken({ tokenAnswer: json({ token: 'useless' }) });
    expect(await read(createClient([{}]))).toMatchObject({
      ok: false,
      kind: 'transient',
      reason: 'registryRefused',
      status: 401,
    });
    expect(registry.requests).toHaveLength(3);
  });

  it.each([
    [400, 'registryRefused'],
    [401, 'registryRefused'],
    [403, 'registryRefused'],
    [404, 'registryUnavailable'],
    [429, 'rateLimited'],
    [500, 'registryUnavailable'],
    [302, 'redirectRefused'],
  ])('reports %d of the token service as %s', async (status, reason) => {
    requireToken({
      tokenAnswer: (_, response) =>
        response.writeHead(status, { location: `${other.url}/token` }).end(),
    });
    expect(
      await read(createClient([user, { host: other.host }])),
    ).toMatchObject({ ok: false, reason });
    expect(other.requests).toHaveLength(0);
  });

  it.each([
    ['no token', {}],
    ['a token with a line feed', { token: 'a\r\nx-evil: 1' }],
    ['a token that is no text', { token: 7 }],
    ['an array', []],
  ])('refuses an answer with %s', async (_, document) => {
    requireToken({ tokenAnswer: json(document) });
    expect(await read(createClient([{}]))).toMatchObject({
      ok: false,
      reason: 'malformedDocument',
    });
  });

  it('refuses an answer that is too large', async () => {
    requireToken({ tokenAnswer: json({ token: 'x'.repeat(70_000) }) });
    expect(await read(createClient([{}]))).toMatchObject({
      ok: false,
      reason: 'tooLarge',
    });
  });
});

describe('when the token service is on another host', () => {
  beforeEach(() => {
    other.handler = json({ token: 'good' });
  });

  it('refuses it, with and without credentials', async () => {
    requireToken({ realm: `${other.url}/token` });
    for (const entry of [{}, user, { identityToken: 'x' }]) {
      expect(await read(createClient([entry]))).toMatchObject({
        ok: false,
        kind: 'definitive',
        reason: 'tokenRealmRefused',
      });
    }
    expect(other.requests).toHaveLength(0);
  });

  it('uses it when it is listed', async () => {
    requireToken({ realm: `${other.url}/token` });
    const client = createClient([{ ...user, tokenHosts: [other.host] }]);
    expect(await read(client)).toMatchObject({ ok: true });
    expect(other.requests[0].headers.authorization).toBe(BASIC);
  });

  it.each([
    [
      'a look-alike of a listed host',
      () => `http://${other.host}.evil.example/token`,
    ],
    ['a user in the address', () => `http://robot@${registry.host}/token`],
    ['no address', () => 'token'],
    ['another scheme', () => `file://${registry.host}/etc/passwd`],
  ])('refuses %s', async (_, realm) => {
    requireToken({ realm: realm() });
    const client = createClient([{ ...user, tokenHosts: [other.host] }]);
    expect(await read(client)).toMatchObject({
      ok: false,
      reason: 'tokenRealmRefused',
    });
    expect(other.requests).toHaveLength(0);
  });

  it('refuses a plain one in the same domain unless the host is listed itself', async () => {
    const host = `registry.acme.example:${registry.port}`;
    requireToken({ realm: `http://auth.acme.example:${other.port}/token` });
    expect(
      await read(createClient([{ host, ...user }]), 'shop/web', host),
    ).toMatchObject({ ok: false, reason: 'tokenRealmRefused' });
    const allowed = createClient([
      { host, ...user },
      { host: `auth.acme.example:${other.port}` },
    ]);
    expect(await read(allowed, 'shop/web', host)).toMatchObject({ ok: true });
    expect(other.requests).toHaveLength(1);
  });

  it('does not extend the private address of the registry to its whole domain', async () => {
    const host = `registry.acme.example:${registry.port}`;
    requireToken({ realm: `https://auth.acme.example:${other.port}/token` });
    expect(
      await read(createClient([{ host, ...user }]), 'shop/web', host),
    ).toMatchObject({ ok: false, reason: 'addressNotAllowed' });
  });
});

describe('when the registry asks for Basic', () => {
  const requireBasic = (challenge = 'Basic realm="r"') => {
    registry.handler = (request, response) => {
      if (request.headers.authorization === BASIC) {
        response.writeHead(200, { 'content-type': OCI_MANIFEST }).end(text);
      } else {
        response.writeHead(401, { 'www-authenticate': challenge }).end();
      }
    };
  };

  it('answers with the user, and at once the next time', async () => {
    requireBasic();
    const client = createClient([user]);
    expect(await read(client)).toMatchObject({ ok: true });
    await read(client);
    expect(seen()).toEqual([
      `GET ${MANIFEST} -`,
      `GET ${MANIFEST} ${BASIC}`,
      `GET ${MANIFEST} ${BASIC}`,
    ]);
  });

  it.each([
    ['no credentials', {}, 'Basic realm="r"'],
    ['only a refresh token', { identityToken: 'x' }, 'Basic realm="r"'],
    ['an unknown scheme', user, 'Negotiate'],
    ['a malformed challenge', user, 'Basic realm="r'],
    ['no challenge', user, ''],
  ])('refuses with %s', async (_, entry, challenge) => {
    requireBasic(challenge);
    expect(await read(createClient([entry]))).toMatchObject({
      ok: false,
      reason: 'registryRefused',
      status: 401,
    });
    expect(registry.requests).toHaveLength(1);
  });
});

describe('credentials (L30)', () => {
  const credentialUsed = async (
    entries: Array<Partial<RegistryEntry>>,
    path: string,
    host?: string,
  ) => {
    registry.handler = (request, response) =>
      response
        .writeHead(request.headers.authorization ? 403 : 401, {
          'www-authenticate': 'Basic realm="r"',
        })
        .end();
    await read(createClient(entries), path, host);
    const header = registry.requests.at(-1)?.headers.authorization;
    return header && Buffer.from(header.slice(6), 'base64').toString();
  };
  const named = (username: string, repositoryPrefix?: string) => ({
    username,
    password: 'p',
    repositoryPrefix,
  });

  it.each([
    ['shop/web', 'shop:p'],
    ['shop/web/api', 'web:p'],
    ['shop', 'shop:p'],
    ['shopping/web', 'all:p'],
    ['other/shop', 'all:p'],
  ])('for %s are those of the longest prefix: %s', async (path, expected) => {
    const entries = [
      named('all'),
      named('web', 'shop/web/api'),
      named('shop', '/shop/'),
    ];
    expect(await credentialUsed(entries, path)).toBe(expected);
  });

  it('are not used outside their prefix', async () => {
    expect(await credentialUsed([named('shop', 'shop')], 'shop-evil/web')).toBe(
      undefined,
    );
  });

  it.each([
    ['registry.acme.example.evil.example'],
    ['evilregistry.acme.example'],
    ['acme.example'],
    ['sub.registry.acme.example'],
  ])('of registry.acme.example are not used for %s', async name => {
    const { port } = registry;
    const entries = [
      { host: `registry.acme.example:${port}`, ...named('secret') },
      { host: `${name}:${port}` },
    ];
    expect(await credentialUsed(entries, 'web', `${name}:${port}`)).toBe(
      undefined,
    );
    expect(registry.requests).toHaveLength(1);
  });

  it('are used for the host in any case', async () => {
    const { port } = registry;
    const entries = [{ host: `Registry.ACME.example:${port}`, ...named('a') }];
    expect(
      await credentialUsed(entries, 'web', `registry.acme.example:${port}`),
    ).toBe('a:p');
  });
});

it('reads a registry with a token service of its own', async () => {
  const sandbox = await OciRegistryServer.start({
    authentication: { kind: 'token', username: 'reader', password: 'secret' },
  });
  const stored = sandbox.putManifest('shop/web', {
    mediaType: OCI_MANIFEST,
    body: text,
    tag: '1',
  });
  const entry = { host: sandbox.host, username: 'reader' };
  try {
    const good = createClient([{ ...entry, password: 'secret' }]);
    expect(
      await good.getManifest(`${sandbox.host}/shop/web`, '1'),
    ).toMatchObject({ ok: true, value: { digest: stored } });
    const bad = createClient([{ ...entry, password: 'wrong' }]);
    expect(
      await bad.getManifest(`${sandbox.host}/shop/web`, '1'),
    ).toMatchObject({ ok: false, reason: 'registryRefused' });
  } finally {
    await sandbox.stop();
  }
});
