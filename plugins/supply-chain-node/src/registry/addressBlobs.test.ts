import { parseDigest } from 'backstage-plugin-supply-chain-common';
import { ScriptedServer } from './__testUtils__/ScriptedServer';
import { sha256 } from './__testUtils__/testDocuments';
import { RegistryClient } from './RegistryClient';
import { RegistryEntry } from './registryOptions';

const layers = ['one', 'two'].map(text => parseDigest(sha256(text))!);

let registry: ScriptedServer;
let client: RegistryClient;
let repository: string;

function createClient(
  entry: Partial<RegistryEntry> = {},
  more: RegistryEntry[] = [],
): RegistryClient {
  const { host } = registry;
  return RegistryClient.create({
    registries: [
      { host, insecure: true, allowPrivateAddress: true, ...entry },
      ...more,
    ],
  });
}

beforeEach(async () => {
  registry = await ScriptedServer.start();
  repository = `${registry.host}/shop/web`;
  client = createClient();
});

afterEach(async () => {
  await client.close();
  await registry.stop();
});

const own = (digest: string) => `${registry.url}/v2/shop/web/blobs/${digest}`;

describe('addresses of layers', () => {
  it.each([
    ['part of it', 206, 'x', {}],
    ['all of it', 200, 'x'.repeat(1_000), {}],
    ['that it is empty', 416, '', {}],
  ])(
    'are those of a registry that sends %s',
    async (_, status, body, headers) => {
      registry.handler = (_request, response) =>
        response.writeHead(status, headers).end(body);
      expect(await client.addressBlobs(repository, layers)).toEqual({
        ok: true,
        value: layers.map(digest => ({ digest, url: own(digest) })),
      });
      expect(registry.requests.map(({ headers: { range } }) => range)).toEqual([
        'bytes=0-0',
        'bytes=0-0',
      ]);
    },
  );

  it('come with one new token for all', async () => {
    registry.handler = ({ url, headers }, response) => {
      if (url.startsWith('/token')) {
        response.end(JSON.stringify({ token: `t${registry.requests.length}` }));
      } else if (headers.authorization) {
        response.writeHead(206).end('x');
      } else {
        const realm = `realm="${registry.url}/token",service="s"`;
        response.writeHead(401, { 'www-authenticate': `Bearer ${realm}` });
        response.end();
      }
    };
    const first = await client.addressBlobs(repository, layers);
    const second = await client.addressBlobs(repository, layers);
    const tokens = [first, second].map(result =>
      result.ok ? result.value.map(each => each.authorization) : [],
    );
    expect(tokens[0]).toEqual(['Bearer t2', 'Bearer t2']);
    expect(tokens[1]).toEqual([
      expect.stringMatching(/^Bearer t/),
      tokens[1][0],
    ]);
    expect(tokens[1][0]).not.toBe(tokens[0][0]);
  });

  it('are refused where the registry wants a password', async () => {
    await client.close();
    client = createClient({ username: 'robot', password: 'secret' });
    registry.handler = ({ headers }, response) =>
      response
        .writeHead(headers.authorization ? 206 : 401, {
          'www-authenticate': 'Basic realm="x"',
        })
        .end('x');
    const result = await client.addressBlobs(repository, layers);
    expect(result).toMatchObject({ ok: false, reason: 'credentialsWithheld' });
    expect(JSON.stringify(result)).not.toContain('secret');
  });

  it('are those of the store it redirects to, without a token', async () => {
    const location = 'https://store.example/blob?signature=1';
    registry.handler = (_, response) =>
      response.writeHead(307, { location }).end();
    expect(await client.addressBlobs(repository, [layers[0]])).toEqual({
      ok: true,
      value: [{ digest: layers[0], url: location }],
    });
    expect(registry.requests).toHaveLength(1);
  });

  it.each([
    ['http://store.example/x', 'redirectRefused'],
    ['https://169.254.169.254/latest', 'addressNotAllowed'],
    ['https://user:pass@store.example/x', 'redirectRefused'],
    ['', 'redirectRefused'],
  ])('are never %s', async (location, reason) => {
    registry.handler = (_, response) =>
      response.writeHead(307, { location }).end();
    expect(await client.addressBlobs(repository, layers)).toMatchObject({
      ok: false,
      reason,
    });
  });

  it.each([
    [404, 'accessNotProven'],
    [429, 'rateLimited'],
    [503, 'registryUnavailable'],
  ])('cannot be told after %s', async (status, reason) => {
    registry.handler = (_, response) => response.writeHead(status).end();
    expect(await client.addressBlobs(repository, layers)).toMatchObject({
      ok: false,
      reason,
    });
  });

  it('need a repository and digests', async () => {
    expect(await client.addressBlobs('Not a repository', layers)).toMatchObject(
      { ok: false, reason: 'referenceUnreadable' },
    );
  });
});
