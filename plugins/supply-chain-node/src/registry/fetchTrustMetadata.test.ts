import { RegistryClient } from './RegistryClient';
import { RegistryClientOptions } from './registryOptions';
import { ScriptedServer } from './__testUtils__/ScriptedServer';

const GUN = 'registry.acme.example/shop/web';
const NOT_FOUND = JSON.stringify({
  errors: [{ code: 'METADATA_NOT_FOUND', message: 'x', detail: {} }],
});

let server: ScriptedServer;
const clients: RegistryClient[] = [];

beforeEach(async () => {
  server = await ScriptedServer.start();
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map(client => client.close()));
  await server.stop();
});

function get(
  options: RegistryClientOptions & {
    file?: string;
    gun?: string;
    url?: string;
    signal?: AbortSignal;
  } = {},
) {
  const { file = 'root', gun = GUN, url = server.url, signal } = options;
  const client = RegistryClient.create({
    registries: [
      { host: server.host, insecure: true, allowPrivateAddress: true },
    ],
    ...options,
  });
  clients.push(client);
  return client.getTrustMetadata(
    { server: url, gun, file, maxBytes: 100 },
    { signal },
  );
}

function answer(status: number, body: string, headers = {}) {
  server.handler = (_, response) =>
    response.writeHead(status, headers).end(body);
}

describe('a file of trust data', () => {
  it.each([
    'root',
    '3.root',
    'targets/releases',
    `snapshot.${'ab'.repeat(32)}`,
  ])('is read by its name: %s', async file => {
    answer(200, '{}');
    const result = await get({ file });
    expect(result.ok && Buffer.from(result.value).toString()).toBe('{}');
    expect(server.requests.map(({ method, url }) => [method, url])).toEqual([
      ['GET', `/v2/${GUN}/_trust/tuf/${file}.json`],
    ]);
  });

  it.each([
    ['../root', GUN],
    ['targets//a', GUN],
    ['targets/../../x', GUN],
    ['root?x', GUN],
    ['', GUN],
    ['root', 'shop/web'],
    ['root', `${GUN}:1.0.0`],
    ['root', `${GUN}/../x`],
    ['root', ''],
  ])('is not asked for by a name that is none: %j of %j', async (file, gun) => {
    expect(await get({ file, gun })).toMatchObject({
      ok: false,
      reason: 'referenceUnreadable',
    });
    expect(server.requests).toHaveLength(0);
  });

  it.each([
    ['a Notary server says so', 404, NOT_FOUND, 'notFound'],
    [
      'a registry says so',
      404,
      '{"errors":[{"code":"NAME_UNKNOWN"}]}',
      'accessNotProven',
    ],
    ['a page says so', 404, '<h1>not found</h1>', 'accessNotProven'],
    [
      'the list of errors is none',
      404,
      '{"errors":{"code":"METADATA_NOT_FOUND"}}',
      'accessNotProven',
    ],
    ['an error is none', 404, '{"errors":[null]}', 'accessNotProven'],
    ['it says so with another status', 500, NOT_FOUND, 'registryUnavailable'],
    ['it refuses', 403, NOT_FOUND, 'registryRefused'],
    ['it limits', 429, NOT_FOUND, 'rateLimited'],
    ['it is too large', 200, 'x'.repeat(101), 'tooLarge'],
  ])(
    'is not there, or not known to be, when %s',
    async (_what, status, body, reason) => {
      answer(status, body);
      expect(await get()).toMatchObject({ ok: false, reason });
    },
  );

  it('is not a page', async () => {
    answer(200, '<title>Sign in</title>', { 'content-type': 'text/html' });
    expect(await get()).toMatchObject({ reason: 'wrongContentType' });
  });

  it('is not believed to be missing by another server it was sent to', async () => {
    const other = await ScriptedServer.start();
    other.handler = (_, response) => response.writeHead(404).end(NOT_FOUND);
    server.handler = (_, response) =>
      response.writeHead(307, { location: `${other.url}/x` }).end();
    const registries = [server, other].map(({ host }) => ({
      host,
      insecure: true,
      allowPrivateAddress: true,
    }));
    expect(await get({ registries })).toMatchObject({
      reason: 'registryUnavailable',
    });
    await other.stop();
  });

  it('is read by the settings of the host of the server alone', async () => {
    answer(200, '{}');
    expect(await get({ registries: [] })).toMatchObject({
      reason: 'registryNotAllowed',
    });
    const listed = { host: server.host, allowPrivateAddress: true };
    expect(await get({ registries: [listed] })).toMatchObject({
      reason: 'registryNotAllowed',
    });
    const insecure = { host: server.host, insecure: true };
    expect(await get({ registries: [insecure] })).toMatchObject({
      reason: 'addressNotAllowed',
    });
    expect(await get({ allowList: ['registry.acme.example'] })).toMatchObject({
      reason: 'registryNotAllowed',
    });
    expect(server.requests).toHaveLength(0);
  });

  it('is spoken of over https when the address says so, whatever the host may do', async () => {
    answer(200, '{}');
    const url = server.url.replace('http:', 'https:');
    expect(await get({ url })).toMatchObject({ reason: 'registryUnavailable' });
    expect(await get({ url: 'no address' })).toMatchObject({
      reason: 'referenceUnreadable',
    });
  });

  it('asks for a token of the collection with the credentials of the server', async () => {
    server.handler = ({ url, headers }, response) => {
      if (url.startsWith('/token')) {
        response.end('{"token":"abc"}');
      } else if (headers.authorization === 'Bearer abc') {
        response.end('{}');
      } else {
        const challenge = `Bearer realm="${server.url}/token",service="notary"`;
        response.writeHead(401, { 'www-authenticate': challenge }).end();
      }
    };
    const host = {
      host: server.host,
      insecure: true,
      allowPrivateAddress: true,
    };
    const credentials = { username: 'reader', password: 'swordfish' };
    const registries = [
      {
        ...host,
        ...credentials,
        repositoryPrefix: 'registry.acme.example/shop',
      },
      // Of the registry itself: not for the server.
      { host: 'registry.acme.example', username: 'other', password: 'other' },
    ];
    expect((await get({ registries })).ok).toBe(true);
    const token = server.requests.find(({ url }) => url.startsWith('/token'))!;
    const { searchParams } = new URL(token.url, server.url);
    expect(searchParams.get('scope')).toBe(`repository:${GUN}:pull`);
    expect(token.headers.authorization).toBe(
      `Basic ${Buffer.from('reader:swordfish').toString('base64')}`,
    );
  });

  it('is not waited for once the caller cancels', async () => {
    server.handler = () => {};
    const controller = new AbortController();
    const result = get({ signal: controller.signal });
    controller.abort();
    expect(await result).toMatchObject({ reason: 'lookCancelled' });
  });
});
