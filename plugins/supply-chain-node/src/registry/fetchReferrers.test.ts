import type { ServerResponse } from 'http';
import { Digest } from 'backstage-plugin-supply-chain-common';
import { referrersTag } from './fetchReferrers';
import { RegistryClient } from './RegistryClient';
import { RegistryLimits } from './registryOptions';
import { ScriptedServer } from './__testUtils__/ScriptedServer';
import {
  descriptorOf,
  indexText,
  manifestText,
  OCI_INDEX,
  OCI_MANIFEST,
  sha256,
} from './__testUtils__/testDocuments';

const text = manifestText();
const digest = sha256(text);
const API = `/v2/shop/web/referrers/${digest}`;
const TAG = `/v2/shop/web/manifests/sha256-${digest.slice(7)}`;
const a = descriptorOf('a');
const b = descriptorOf('b');
const clients: RegistryClient[] = [];
let server: ScriptedServer;

type Answer = {
  status?: number;
  body?: string;
  headers?: Record<string, string>;
};
let answers: Record<string, Answer>;

beforeEach(async () => {
  server = await ScriptedServer.start();
  answers = {
    [`/v2/shop/web/manifests/${digest}`]: {
      body: text,
      headers: { 'content-type': OCI_MANIFEST },
    },
  };
  server.handler = (request, response: ServerResponse) => {
    const { status, body, headers } = answers[request.url] ?? { status: 404 };
    response.writeHead(status ?? 200, headers).end(body);
  };
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map(client => client.close()));
  await server.stop();
});

function index(manifests: unknown[], next?: string): Answer {
  return {
    body: indexText(manifests),
    headers: {
      'content-type': OCI_INDEX,
      ...(next && { link: `<${next}>; rel="next"` }),
    },
  };
}

/** Lists the referrers beside a proof of access, as collectors do, or without one. */
async function list(
  options: { proven?: boolean; limits?: Partial<RegistryLimits> } = {},
) {
  const client = RegistryClient.create({
    registries: [
      { host: server.host, insecure: true, allowPrivateAddress: true },
    ],
    limits: options.limits,
  });
  clients.push(client);
  const repository = `${server.host}/shop/web`;
  const access =
    options.proven === false
      ? undefined
      : await client.proveAccess(repository, digest);
  const proof = access?.ok ? access.value.proof : undefined;
  return client.listReferrers(repository, digest, { proof });
}

const found = (source: string, ...descriptors: object[]) => ({
  ok: true,
  value: {
    source,
    complete: true,
    descriptors: descriptors.map(each => ({ ...each, annotations: {} })),
  },
});

describe('a registry with the referrers API', () => {
  it('is read page by page, each digest once', async () => {
    answers[API] = index([a], `${API}?page=2`);
    answers[`${API}?page=2`] = index([a, b]);
    expect(await list()).toEqual(found('api', a, b));
  });

  it('has the last word when the tag holds nothing either', async () => {
    answers[API] = index([]);
    expect(await list()).toEqual(found('api'));
    expect(server.requests.map(({ url }) => url)).toContain(TAG);
  });

  it('does not prove that nothing is there without proof of access (L5)', async () => {
    answers[API] = index([]);
    expect(await list({ proven: false })).toMatchObject({
      ok: true,
      value: {
        descriptors: [],
        complete: false,
        failure: { kind: 'transient', reason: 'accessNotProven' },
      },
    });
  });

  it('is not believed when it is empty and the tag is not', async () => {
    answers[API] = index([]);
    answers[TAG] = index([b]);
    expect(await list()).toEqual(found('fallbackTag', b));
  });

  it('leaves the list incomplete when it is empty and the tag cannot be read', async () => {
    answers[API] = index([]);
    answers[TAG] = { status: 500 };
    expect(await list()).toMatchObject({
      ok: true,
      value: { complete: false, failure: { reason: 'registryUnavailable' } },
    });
  });

  it.each([
    [401, 'registryRefused'],
    [403, 'registryRefused'],
    [429, 'rateLimited'],
    [500, 'registryUnavailable'],
    [400, 'registryUnavailable'],
  ])('is unavailable when it answers %d', async (status, reason) => {
    answers[API] = {
      status,
      body: '{"errors":[{"code":"NAME_INVALID"},null]}',
    };
    answers[TAG] = index([b]);
    expect(await list()).toMatchObject({ ok: false, reason });
  });

  it.each([
    [
      'a web page',
      { body: '<html>', headers: { 'content-type': 'text/html' } },
      'wrongContentType',
    ],
    [
      'a manifest',
      { body: text, headers: { 'content-type': OCI_MANIFEST } },
      'wrongContentType',
    ],
    [
      'a broken list',
      { body: '{', headers: { 'content-type': OCI_INDEX } },
      'malformedDocument',
    ],
    [
      'a list without entries',
      { body: '{}', headers: { 'content-type': OCI_INDEX } },
      'malformedDocument',
    ],
  ])('is unavailable when it answers with %s', async (_, answer, reason) => {
    answers[API] = answer;
    expect(await list()).toMatchObject({ ok: false, reason });
  });

  it('keeps the pages before one that fails, and says that it is not all', async () => {
    answers[API] = index([a], `${API}?page=2`);
    answers[`${API}?page=2`] = { status: 502 };
    expect(await list()).toMatchObject({
      ok: true,
      value: {
        descriptors: [{ digest: a.digest }],
        complete: false,
        failure: { reason: 'registryUnavailable', status: 502 },
      },
    });
  });

  it('does not fall back when a later page is gone', async () => {
    answers[API] = index([a], `${API}?page=2`);
    answers[TAG] = index([b]);
    expect(await list()).toMatchObject({
      ok: true,
      value: {
        source: 'api',
        descriptors: [{ digest: a.digest }],
        complete: false,
        failure: { reason: 'registryUnavailable' },
      },
    });
  });

  it.each([
    ['another origin', () => `http://127.0.0.1:1${API}?page=2`],
    ['another repository', () => `/v2/secret/referrers/${digest}`],
    [
      'the same place with a user',
      () => `http://u@${server.host}${API}?page=2`,
    ],
  ])('is not followed to %s', async (_, next) => {
    answers[API] = index([a], next());
    expect(await list()).toMatchObject({
      ok: true,
      value: { complete: false, failure: { reason: 'redirectRefused' } },
    });
    expect(server.requests).toHaveLength(2);
  });

  it('is not followed without end', async () => {
    answers[API] = index([a], API);
    expect(await list({ limits: { referrerPagesMax: 3 } })).toMatchObject({
      ok: true,
      value: { complete: false, failure: { reason: 'tooManyCandidates' } },
    });
    expect(server.requests).toHaveLength(4);
  });

  it('gives no more referrers than allowed', async () => {
    answers[API] = index([a, b]);
    expect(await list({ limits: { referrersMax: 1 } })).toMatchObject({
      ok: true,
      value: {
        descriptors: [{ digest: a.digest }],
        complete: false,
        failure: { reason: 'tooManyCandidates' },
      },
    });
  });

  it('may list what is malformed without hiding the rest', async () => {
    answers[API] = index([{ ...a, digest: 'sha256:abc' }, b]);
    expect(await list()).toMatchObject({
      ok: true,
      value: {
        descriptors: [{ digest: b.digest }],
        complete: false,
        failure: { reason: 'malformedDocument' },
      },
    });
  });
});

describe('a registry without the referrers API', () => {
  it.each<[string, Answer]>([
    ['404', { status: 404, body: '404 page not found' }],
    ['405', { status: 405 }],
    ['501', { status: 501 }],
    [
      '400 UNSUPPORTED',
      { status: 400, body: '{"errors":[{"code":"UNSUPPORTED"}]}' },
    ],
  ])('says so by %s and is read by the tag', async (_, answer) => {
    answers[API] = answer;
    answers[TAG] = index([a]);
    expect(await list()).toEqual(found('fallbackTag', a));
  });

  it('has no referrers when the tag is not found either', async () => {
    expect(await list()).toEqual(found('fallbackTag'));
  });

  it('proves nothing without proof of access (L5)', async () => {
    expect(await list({ proven: false })).toMatchObject({
      ok: false,
      kind: 'transient',
      reason: 'accessNotProven',
    });
  });

  it.each([
    ['cannot be read', { status: 503 }, 'registryUnavailable'],
    [
      'holds an image',
      { body: text, headers: { 'content-type': OCI_MANIFEST } },
      'wrongContentType',
    ],
  ])('is unavailable when the tag %s', async (_, answer, reason) => {
    answers[TAG] = answer;
    expect(await list()).toMatchObject({ ok: false, reason });
  });
});

it('is not sent elsewhere to learn that the API does not exist', async () => {
  const store = await ScriptedServer.start();
  answers[API] = { status: 307, headers: { location: `${store.url}/x` } };
  const client = RegistryClient.create({
    registries: [server.host, store.host].map(host => ({
      host,
      insecure: true,
      allowPrivateAddress: true,
    })),
  });
  clients.push(client);
  expect(
    await client.listReferrers(`${server.host}/shop/web`, digest),
  ).toMatchObject({ ok: false, reason: 'registryUnavailable', status: 404 });
  await store.stop();
});

it('shortens the tag of a long digest', () => {
  expect(referrersTag(`sha512:${'ab'.repeat(64)}` as Digest)).toBe(
    `sha512-${'ab'.repeat(32)}`,
  );
});
