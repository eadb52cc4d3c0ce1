import { createHash } from 'crypto';
import {
  Digest,
  parseImageReference,
} from 'backstage-plugin-supply-chain-common';
import type { ServerResponse } from 'http';
import { AccessProof } from './AccessProof';
import { RegistryClient } from './RegistryClient';
import { RegistryClientOptions } from './registryOptions';
import { ScriptedServer } from './__testUtils__/ScriptedServer';
import {
  indexText,
  manifestText,
  OCI_INDEX,
  OCI_MANIFEST,
  sha256,
} from './__testUtils__/testDocuments';

let server: ScriptedServer;
const clients: RegistryClient[] = [];

beforeEach(async () => {
  server = await ScriptedServer.start();
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map(client => client.close()));
  await server.stop();
});

function createClient(options: RegistryClientOptions = {}): RegistryClient {
  const client = RegistryClient.create({
    registries: [
      { host: server.host, insecure: true, allowPrivateAddress: true },
    ],
    ...options,
  });
  clients.push(client);
  return client;
}

function answer(
  response: ServerResponse,
  body: string,
  headers: Record<string, string> = { 'content-type': OCI_MANIFEST },
) {
  response.writeHead(200, headers).end(body);
}

const text = manifestText();
const digest = sha256(text);
const repository = () => `${server.host}/shop/web`;

describe('getManifest', () => {
  it('gives the document, its type and its digest', async () => {
    server.handler = (_, response) => answer(response, text);
    const result = await createClient().getManifest(repository(), digest);
    expect(result).toMatchObject({
      ok: true,
      value: { digest, mediaType: OCI_MANIFEST, json: JSON.parse(text) },
    });
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]).toMatchObject({
      method: 'GET',
      url: `/v2/shop/web/manifests/${digest}`,
      headers: { 'accept-encoding': 'identity' },
    });
    expect(server.requests[0].headers.accept).toContain(OCI_INDEX);
    expect(server.requests[0].headers).not.toHaveProperty('authorization');
  });

  it('computes the digest of a tag from the bytes and not from the header', async () => {
    server.handler = (_, response) =>
      answer(response, text, {
        'content-type': OCI_MANIFEST,
        'docker-content-digest': sha256('something else'),
      });
    const parsed = parseImageReference(`${repository()}:1.0.0`);
    const result =
      parsed.ok && (await createClient().resolveTag(parsed.reference));
    expect(result).toMatchObject({ ok: true, value: { digest } });
    expect(server.requests[0].url).toBe('/v2/shop/web/manifests/1.0.0');
  });

  it('resolves a reference with tag and digest by its digest', async () => {
    server.handler = (_, response) => answer(response, text);
    const parsed = parseImageReference(`${repository()}:1.0.0@${digest}`);
    await (parsed.ok && createClient().resolveTag(parsed.reference));
    expect(server.requests[0].url).toBe(`/v2/shop/web/manifests/${digest}`);
  });

  it('accepts a sha512 digest', async () => {
    const long = `sha512:${createHash('sha512').update(text).digest('hex')}`;
    server.handler = (_, response) => answer(response, text);
    expect(await createClient().getManifest(repository(), long)).toMatchObject({
      ok: true,
      value: { digest: long },
    });
  });

  it.each<[string, string, Record<string, string>, string]>([
    [
      'other bytes than the digest names',
      manifestText('two'),
      { 'content-type': OCI_MANIFEST, 'docker-content-digest': digest },
      'digestMismatch',
    ],
    [
      'a web page',
      '<html>',
      { 'content-type': 'text/html' },
      'wrongContentType',
    ],
    [
      'another type than the document says',
      text,
      { 'content-type': OCI_INDEX },
      'wrongContentType',
    ],
    [
      'a compressed body',
      text,
      { 'content-type': OCI_MANIFEST, 'content-encoding': 'gzip' },
      'wrongContentType',
    ],
  ])('refuses %s', async (_, body, headers, reason) => {
    server.handler = (__, response) => answer(response, body, headers);
    expect(
      await createClient().getManifest(repository(), digest),
    ).toMatchObject({ ok: false, kind: 'definitive', reason });
  });

  it.each([
    ['manifests beside layers', manifestText('x', { manifests: [] })],
    ['Manifests beside layers', manifestText('x', { Manifests: [] })],
    ['two spellings of one key', manifestText('x', { Layers: [] })],
    ['one key twice', manifestText().replace('{', '{"layers":[],')],
    ['no layers', JSON.stringify({ mediaType: OCI_MANIFEST })],
    ['an array', '[]'],
    ['broken JSON', '{'],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff, 0x7d])],
  ])('refuses a manifest with %s as malformed', async (_, body) => {
    server.handler = (__, response) => answer(response, body as string);
    expect(
      await createClient().getManifest(repository(), sha256(body)),
    ).toMatchObject({ ok: false, reason: 'malformedDocument' });
  });

  it('refuses an index that has layers too', async () => {
    const body = JSON.stringify({ ...JSON.parse(indexText([])), layers: [] });
    server.handler = (_, response) =>
      answer(response, body, { 'content-type': OCI_INDEX });
    expect(
      await createClient().getManifest(repository(), sha256(body)),
    ).toMatchObject({ ok: false, reason: 'malformedDocument' });
  });

  it.each([
    [
      'the type of the header where the document names none',
      undefined,
      OCI_INDEX,
    ],
    [
      'the type of the document where the header names none',
      OCI_INDEX,
      undefined,
    ],
    ['a header with parameters', OCI_INDEX, `${OCI_INDEX}; charset=utf-8`],
  ])('takes %s', async (_, inBody, declared) => {
    const body = JSON.stringify({ mediaType: inBody, manifests: [] });
    server.handler = (__, response) =>
      answer(response, body, declared ? { 'content-type': declared } : {});
    expect(
      await createClient().getManifest(repository(), sha256(body)),
    ).toMatchObject({ ok: true, value: { mediaType: OCI_INDEX } });
  });

  it.each([
    ['no type anywhere', { manifests: [] }],
    ['a type that is none', { mediaType: 7, manifests: [] }],
    ['a type nobody asked for', { mediaType: 'text/plain', manifests: [] }],
  ])('refuses %s', async (_, document) => {
    const body = JSON.stringify(document);
    server.handler = (__, response) => answer(response, body, {});
    expect(
      await createClient().getManifest(repository(), sha256(body)),
    ).toMatchObject({ ok: false, reason: 'wrongContentType' });
  });

  it.each([
    ['shop/../admin', 'latest'],
    ['shop/web', '../../../token'],
    ['shop/web', 'sha256:abc'],
    ['shop/web:1', 'latest'],
    ['Shop', 'latest'],
  ])('asks for nothing when given %s and %s', async (path, reference) => {
    expect(
      await createClient().getManifest(`${server.host}/${path}`, reference),
    ).toMatchObject({ ok: false, reason: 'referenceUnreadable' });
    expect(server.requests).toHaveLength(0);
  });
});

describe('getBlob', () => {
  const bytes = Buffer.from('the bytes of a bundle');
  const descriptor = { digest: sha256(bytes), size: bytes.length };

  it('gives exactly the bytes described', async () => {
    server.handler = (_, response) => answer(response, bytes.toString(), {});
    const result = await createClient().getBlob(repository(), descriptor);
    expect(result.ok && Buffer.from(result.value)).toEqual(bytes);
    expect(server.requests[0].url).toBe(
      `/v2/shop/web/blobs/${descriptor.digest}`,
    );
  });

  it.each([
    ['fewer bytes', bytes.toString().slice(1)],
    ['more bytes', `${bytes}x`],
    ['other bytes', 'THE bytes of a bundle'],
  ])('refuses %s than described', async (_, body) => {
    server.handler = (__, response) => answer(response, body, {});
    expect(
      await createClient().getBlob(repository(), descriptor),
    ).toMatchObject({ ok: false, reason: 'digestMismatch' });
  });

  it('refuses bytes of the right digest and another size', async () => {
    server.handler = (_, response) => answer(response, bytes.toString(), {});
    expect(
      await createClient().getBlob(repository(), {
        ...descriptor,
        size: bytes.length + 1,
      }),
    ).toMatchObject({ ok: false, reason: 'digestMismatch' });
  });

  it('does not ask for a blob described as larger than allowed', async () => {
    expect(
      await createClient().getBlob(repository(), descriptor, { maxBytes: 20 }),
    ).toMatchObject({ ok: false, reason: 'tooLarge' });
    expect(server.requests).toHaveLength(0);
  });
});

describe('when the registry does not find the document', () => {
  beforeEach(() => {
    server.handler = (request, response) =>
      request.url.endsWith(digest)
        ? answer(response, text)
        : response.writeHead(404).end();
  });

  it('proves nothing before the subject itself was read (L5)', async () => {
    expect(
      await createClient().getManifest(repository(), 'sha256-x.sig'),
    ).toMatchObject({
      ok: false,
      kind: 'transient',
      reason: 'accessNotProven',
      status: 404,
    });
  });

  it('says that it does not exist once the subject was read', async () => {
    const client = createClient();
    const access = await client.proveAccess(repository(), digest);
    expect(access).toMatchObject({ ok: true, value: { manifest: { digest } } });
    const proof = access.ok ? access.value.proof : undefined;
    expect(
      await client.getManifest(repository(), 'sha256-x.sig', { proof }),
    ).toMatchObject({ ok: false, kind: 'definitive', reason: 'notFound' });
  });

  it('does not take the proof of another repository', async () => {
    const client = createClient();
    const access = await client.proveAccess(repository(), digest);
    const proof = access.ok ? access.value.proof : undefined;
    expect(
      await client.getManifest(`${server.host}/shop/api`, 'x', { proof }),
    ).toMatchObject({ ok: false, reason: 'accessNotProven' });
  });

  it('does not take the proof of other credentials', async () => {
    const proof = AccessProof.create({
      repository: repository(),
      credentialId: 'another',
    });
    expect(
      await createClient().getManifest(repository(), 'x', { proof }),
    ).toMatchObject({ ok: false, reason: 'accessNotProven' });
  });

  it('gives no proof when the subject itself is not found', async () => {
    expect(
      await createClient().proveAccess(repository(), sha256('no') as Digest),
    ).toMatchObject({ ok: false, reason: 'accessNotProven' });
  });

  it('gives no proof for a repository that cannot be read as one', async () => {
    expect(await createClient().proveAccess('[::1]/x', digest)).toMatchObject({
      ok: false,
      reason: 'referenceUnreadable',
    });
  });
});

describe('when the registry refuses or fails', () => {
  it.each([
    [401, 'registryRefused'],
    [403, 'registryRefused'],
    [429, 'rateLimited'],
    [400, 'registryUnavailable'],
    [418, 'registryUnavailable'],
    [500, 'registryUnavailable'],
    [503, 'registryUnavailable'],
    [204, 'registryUnavailable'],
  ])('calls %d %s, and never absent', async (status, reason) => {
    server.handler = (_, response) => response.writeHead(status).end();
    expect(
      await createClient().getManifest(repository(), digest),
    ).toMatchObject({ ok: false, kind: 'transient', reason, status });
  });

  it.each([
    ['7', 7_000],
    ['86400', 900_000],
    ['Mon, 23 Nov 2026 12:00:30 GMT', 30_000],
    ['Mon, 23 Nov 2026 11:00:00 GMT', 0],
    ['soon', undefined],
  ])('reads Retry-After: %s as %p ms', async (header, retryAfterMs) => {
    server.handler = (_, response) =>
      response.writeHead(429, { 'retry-after': header }).end();
    const client = createClient({ now: () => Date.UTC(2026, 10, 23, 12) });
    const result = await client.getManifest(repository(), digest);
    expect(result.ok || result.retryAfterMs).toBe(retryAfterMs);
  });

  it('leaves the registry alone for as long as it asks, and no longer', async () => {
    let nowMs = 0;
    server.handler = (_, response) =>
      response.writeHead(503, { 'retry-after': '10' }).end();
    const client = createClient({ now: () => nowMs });
    await client.getManifest(repository(), digest);
    nowMs = 4_000;
    expect(await client.getManifest(repository(), digest)).toMatchObject({
      ok: false,
      reason: 'rateLimited',
      retryAfterMs: 6_000,
    });
    expect(server.requests).toHaveLength(1);
    nowMs = 10_000;
    server.handler = (_, response) => answer(response, text);
    expect(await client.getManifest(repository(), digest)).toMatchObject({
      ok: true,
    });
  });

  it('reports a connection that is refused', async () => {
    const client = createClient();
    const name = repository();
    await server.stop();
    expect(await client.getManifest(name, digest)).toMatchObject({
      ok: false,
      kind: 'transient',
      reason: 'registryUnavailable',
    });
    server = await ScriptedServer.start();
  });

  it('reports a body that ends early', async () => {
    server.handler = (_, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{', () => response.destroy());
    };
    expect(
      await createClient().getManifest(repository(), digest),
    ).toMatchObject({ ok: false, reason: 'registryUnavailable' });
  });
});

it('reports a blob that is refused', async () => {
  server.handler = (_, response) => response.writeHead(403).end();
  expect(
    await createClient().getBlob(repository(), { digest, size: text.length }),
  ).toMatchObject({ ok: false, reason: 'registryRefused' });
});

it('resolves names by the system and checks what it says', async () => {
  server.handler = (_, response) => answer(response, text);
  const host = `localhost:${server.port}`;
  const listed = { host, insecure: true, allowPrivateAddress: true };
  const client = createClient({ registries: [listed] });
  expect(await client.getManifest(`${host}/web`, digest)).toMatchObject({
    ok: true,
  });
  const unlisted = createClient({ registries: [{ host, insecure: true }] });
  expect(await unlisted.getManifest(`${host}/web`, digest)).toMatchObject({
    ok: false,
    reason: 'addressNotAllowed',
  });
});

it('reads Docker Hub where its API is', async () => {
  const hosts: string[] = [];
  const client = createClient({
    resolveAddresses: async hostname => {
      hosts.push(hostname);
      return [];
    },
  });
  expect(
    await client.getManifest('index.docker.io/library/nginx', 'latest'),
  ).toMatchObject({ ok: false, reason: 'registryUnavailable' });
  expect(hosts).toEqual(['registry-1.docker.io']);
});

describe('when calls compete', () => {
  it('has no more in flight than allowed for one registry', async () => {
    let inFlight = 0;
    let highest = 0;
    server.handler = (_, response) => {
      inFlight += 1;
      highest = Math.max(highest, inFlight);
      setImmediate(() => {
        inFlight -= 1;
        answer(response, text);
      });
    };
    const client = createClient({ limits: { concurrencyPerRegistry: 2 } });
    const results = await Promise.all(
      Array.from({ length: 12 }, () =>
        client.getManifest(repository(), digest),
      ),
    );
    expect(results.every(result => result.ok)).toBe(true);
    expect(highest).toBeLessThanOrEqual(2);
  });

  it('gives up its place in the queue when cancelled', async () => {
    const held: ServerResponse[] = [];
    const client = createClient({ limits: { concurrencyPerRegistry: 1 } });
    const arrived = new Promise<void>(resolve => {
      server.handler = (_, response) => {
        held.push(response);
        resolve();
      };
    });
    const first = client.getManifest(repository(), digest);
    await arrived;
    const controller = new AbortController();
    const second = client.getManifest(repository(), digest, {
      signal: controller.signal,
    });
    controller.abort();
    expect(await second).toMatchObject({ ok: false, reason: 'lookCancelled' });
    answer(held[0], text);
    expect(await first).toMatchObject({ ok: true });
    expect(server.requests).toHaveLength(1);
  });

  it('does not begin when cancelled before', async () => {
    expect(
      await createClient().getManifest(repository(), digest, {
        signal: AbortSignal.abort(),
      }),
    ).toMatchObject({ ok: false, reason: 'lookCancelled' });
    expect(server.requests).toHaveLength(0);
  });
});
