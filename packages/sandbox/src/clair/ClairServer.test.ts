import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { LoopbackServer } from '../http';
import { OciRegistryServer } from '../registry';
import { checkClairToken } from './checkClairToken';
import { ClairServer } from './ClairServer';

type Exchange = {
  name: string;
  response: { status: number; headers: Record<string, string>; body: any }; // any: recorded documents, compared by their fields
};

const FIXTURES = resolve(
  __dirname,
  '../../../../plugins/supply-chain-backend-module-clair/src/__fixtures__',
);
const fixture = (name: string) =>
  JSON.parse(readFileSync(resolve(FIXTURES, name), 'utf8'));
const session: Exchange[] = fixture('http-session.json');
/** What Clair 4.9.0 answered. */
const recorded = (name: string) =>
  session.find(each => each.name === name)!.response;

const KEY = Buffer.from('a key of the test');
const NOW = new Date('2026-11-23T12:00:00Z');
const MANIFEST = `sha256:${'ab'.repeat(32)}`;
const API = {
  state: '/indexer/api/v1/index_state',
  index: '/indexer/api/v1/index_report',
  report: `/matcher/api/v1/vulnerability_report`,
  updates: '/matcher/api/v1/internal/update_operation?latest=true',
};
const CONTENT = {
  packages: [
    { name: 'libcrypto3', version: '3.3.1-r0', source: 'openssl' },
    { name: 'libssl3', version: '3.3.1-r0', source: 'openssl' },
    { name: 'zlib', version: '1.3.1-r0' },
  ],
  advisories: [
    {
      id: 'CVE-2026-99002',
      source: 'openssl',
      description: 'made up',
      issued: '2026-11-20T12:00:00Z',
      fixedInVersion: '3.3.1-r3',
      cvss: {
        vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N',
        score: 7.5,
      },
    },
    {
      id: 'CVE-2026-99004',
      source: 'of no package here',
      description: 'made up',
      issued: '2026-11-20T12:00:00Z',
      fixedInVersion: '',
    },
  ],
};

let clair: ClairServer;
let registry: OciRegistryServer;
let layer: string;

beforeEach(async () => {
  registry = await OciRegistryServer.start({
    authentication: { kind: 'token' },
  });
  layer = registry.putBlob('shop/web', 'a layer');
  clair = await ClairServer.start({
    psk: { key: KEY, issuers: ['backstage'] },
    now: () => NOW,
  });
  clair.put(MANIFEST, CONTENT);
});

afterEach(async () => {
  await clair.stop();
  await registry.stop();
});

function authorization(): string {
  const encode = (value: object) =>
    Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({
    iss: 'backstage',
    exp: NOW.getTime() / 1000 + 60,
  })}`;
  const signature = createHmac('sha256', KEY).update(signed);
  return `Bearer ${signed}.${signature.digest('base64url')}`;
}

async function ask(
  path: string,
  { headers, ...rest }: RequestInit & { headers?: object } = {},
) {
  const answer = await fetch(`${clair.url}${path}`, {
    ...rest,
    headers: { authorization: authorization(), ...headers },
  });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    body: text ? JSON.parse(text) : undefined,
  };
}

async function tokenFor(repository: string): Promise<string> {
  const answer = await fetch(
    `${registry.url}/token?service=sandbox-registry&scope=repository:${repository}:pull`,
  );
  return `Bearer ${(await answer.json()).token}`;
}

async function submit(
  options: { uri?: string; token?: string; state?: string; hash?: string } = {},
) {
  const token = options.token ?? (await tokenFor('shop/web'));
  const uri = options.uri ?? `${registry.url}/v2/shop/web/blobs/${layer}`;
  return ask(API.index, {
    method: 'POST',
    headers: options.state ? { 'if-none-match': `"${options.state}"` } : {},
    body: JSON.stringify({
      hash: MANIFEST,
      layers: [
        {
          hash: options.hash ?? layer,
          uri,
          headers: { Authorization: [token] },
        },
      ],
    }),
  });
}

const fieldsOf = (value: object) => Object.keys(value).sort();

describe('when an image is submitted', () => {
  it('fetches its layers with what it was given, and answers as a real one', async () => {
    const { status, headers, body } = await submit();
    const real = recorded('payments:index');
    expect(status).toBe(real.status);
    expect(headers.get('etag')).toBe(real.headers.Etag);
    const hashes = /sha256:[0-9a-f]{64}/g;
    for (const name of ['Location', 'Link']) {
      expect(headers.get(name)).toBe(
        real.headers[name].replace(hashes, MANIFEST),
      );
    }
    const recordedIndex = fixture('payments.index_post.json').response;
    expect(fieldsOf(body)).toEqual(fieldsOf(recordedIndex));
    expect(body).toMatchObject({ state: 'IndexFinished', success: true });
    expect(fieldsOf(body.packages['10'])).toEqual(
      fieldsOf(recordedIndex.packages['16']),
    );
    expect(fieldsOf(body.environments['10'][0])).toEqual(
      fieldsOf(recordedIndex.environments['16'][0]),
    );
    const { path, headers: sent } = registry.requests.at(-1)!;
    expect(path).toBe(`/v2/shop/web/blobs/${layer}`);
    expect(sent.authorization).toMatch(/^Bearer /);
  });

  it.each([
    [
      'of another repository',
      async () => ({ token: await tokenFor('shop/other') }),
      '401 Unauthorized',
    ],
    [
      'of nobody',
      async () => ({ token: 'Bearer guessed' }),
      '401 Unauthorized',
    ],
    [
      'and an address with nothing behind it',
      async () => ({ uri: `${registry.url}/v2/shop/web/blobs/${MANIFEST}` }),
      '404 Not Found',
    ],
    [
      'and the digest of another layer',
      async () => ({ hash: MANIFEST }),
      'validation failed',
    ],
    [
      'and an address where nobody answers',
      async () => ({ uri: 'http://127.0.0.1:1/layer' }),
      'Get \\"http://127.0.0.1:1/layer',
    ],
  ])('fails with a token %s', async (_, options, reason) => {
    const failed = await submit(await options());
    const real = recorded('bad_body');
    expect(failed.status).toBe(real.status);
    expect(failed.body.code).toBe(real.body.code);
    const [begin] = real.body.message.split(' unexpected');
    expect(failed.body.message.startsWith(begin)).toBe(true);
    expect(JSON.stringify(failed.body.message)).toContain(reason);

    const kept = await ask(`${API.index}/${MANIFEST}`);
    const realState = recorded('bad_layer_state');
    expect(kept.status).toBe(realState.status);
    expect(fieldsOf(kept.body)).toEqual(fieldsOf(realState.body));
    expect(kept.body).toMatchObject({ state: 'IndexError', success: false });
    expect((await ask(`${API.report}/${MANIFEST}`)).status).toBe(404);
  });

  it('has nothing to do while its state is the one it was indexed with', async () => {
    const { body } = await ask(API.state);
    await submit();
    expect((await submit({ state: body.state })).status).toBe(412);
    clair.setIndexState('another');
    expect((await submit({ state: body.state })).status).toBe(201);
  });

  it.each([
    ['no JSON', '{'],
    ['nothing', 'null'],
    ['no digest', '{"hash":"sha256:zz","layers":[]}'],
    ['no layers', JSON.stringify({ hash: MANIFEST, layers: [] })],
    [
      'a header that is no list',
      JSON.stringify({
        hash: MANIFEST,
        layers: [
          { hash: MANIFEST, uri: 'http://127.0.0.1:1', headers: { A: 'b' } },
        ],
      }),
    ],
  ])('refuses %s', async (_, body) => {
    const answer = await ask(API.index, { method: 'POST', body });
    expect([answer.status, answer.body.code]).toEqual([400, 'bad-request']);
  });
});

describe('when it is asked about an image', () => {
  it('knows none that was not submitted', async () => {
    const real = recorded('not_found');
    const path = `${API.report}/sha256:${'0'.repeat(64)}`;
    const { status, body } = await ask(path);
    expect([status, body]).toEqual([real.status, real.body]);
    expect((await ask(`${API.index}/${MANIFEST}`)).status).toBe(404);
  });

  it('refuses what is no digest', async () => {
    const real = recorded('bad_digest');
    const { status, body } = await ask(`${API.report}/sha256:zz`);
    expect([status, body]).toEqual([real.status, real.body]);
  });

  it('reports what its advisories say of the packages, as a real one', async () => {
    await submit();
    const { status, headers, body } = await ask(`${API.report}/${MANIFEST}`);
    const real = fixture('payments.vulnerability_report.json');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe(
      recorded('payments:vuln').headers['Content-Type'],
    );
    expect(fieldsOf(body)).toEqual(fieldsOf(real));
    expect(fieldsOf(body.vulnerabilities)).toEqual(['1']);
    expect(fieldsOf(body.vulnerabilities['1'])).toEqual(
      fieldsOf(real.vulnerabilities['7']),
    );
    expect(fieldsOf(body.vulnerabilities['1'].distribution)).toEqual(
      fieldsOf(real.vulnerabilities['7'].distribution),
    );
    expect(body.vulnerabilities['1']).toMatchObject({
      name: 'CVE-2026-99002',
      normalized_severity: 'Unknown',
      fixed_in_version: '3.3.1-r3',
    });
    // One source package is several binary ones.
    expect(body.package_vulnerabilities).toEqual({ 10: ['1'], 12: ['1'] });
    const [[type, [ratings]]] = Object.entries<any[]>(body.enrichments);
    expect(type).toContain('enricher=clair.cvss');
    expect(ratings).toEqual({
      1: [expect.objectContaining({ baseScore: 7.5 })],
    });
  });

  it('is the same index report as long as its state is', async () => {
    await submit();
    const { body } = await ask(API.state);
    const headers = { 'if-none-match': `"${body.state}"` };
    expect((await ask(`${API.index}/${MANIFEST}`)).status).toBe(200);
    expect((await ask(`${API.index}/${MANIFEST}`, { headers })).status).toBe(
      recorded('payments:index_get_if_none_match').status,
    );
    expect((await ask(API.state, { headers })).status).toBe(304);
  });

  it('has forgotten what was deleted', async () => {
    await submit();
    const path = `${API.index}/${MANIFEST}`;
    const deleted = await ask(path, { method: 'DELETE' });
    expect(deleted.status).toBe(recorded('delete').status);
    expect((await ask(path)).status).toBe(404);
    expect((await ask(`${API.report}/${MANIFEST}`)).status).toBe(404);
  });

  it('finds no package in what it was not told of', async () => {
    clair.put(MANIFEST, { packages: [], advisories: [] });
    await submit();
    const { body } = await ask(`${API.report}/${MANIFEST}`);
    const real = recorded('unsigned:vuln').body;
    expect(fieldsOf(body)).toEqual(fieldsOf(real));
    expect([body.packages, body.vulnerabilities]).toEqual([{}, {}]);
  });
});

describe('when its vulnerabilities are not loaded', () => {
  it.each([
    ['for one image', () => clair.setFinished(MANIFEST, false)],
    ['at all', () => clair.setDatabaseDate(null)],
  ])('answers 202 without a body: %s', async (_, begin) => {
    await submit();
    begin();
    const { status, body } = await ask(`${API.report}/${MANIFEST}`);
    expect([status, body]).toEqual([202, undefined]);
    clair.setFinished(MANIFEST, true);
    clair.setDatabaseDate(NOW);
    expect((await ask(`${API.report}/${MANIFEST}`)).status).toBe(200);
  });

  it('tells when they were last changed', async () => {
    const { body } = await ask(API.updates);
    const real = recorded('update_operation').body;
    const [[updater, [operation]]] = Object.entries<any[]>(body);
    expect(fieldsOf(operation)).toEqual(
      fieldsOf(real['alpine-main-v3.14-updater'][0]),
    );
    expect(operation).toMatchObject({
      updater,
      date: '2026-11-23T11:00:00.000Z',
    });
    clair.setDatabaseDate(null);
    expect((await ask(API.updates)).body).toEqual({});
  });
});

describe('when vulnerabilities of images have changed', () => {
  const other = `sha256:${'cd'.repeat(32)}`;
  const path = (query = '') =>
    `/notifier/api/v1/notification/${clair.notifications[0]}${query}`;

  it('tells of them page by page, until somebody says that they were read', async () => {
    expect(await clair.notify([MANIFEST, other])).toBeUndefined();
    const first = await ask(path('?page_size=1'));
    expect(first.body).toEqual({
      page: { size: 1, next: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      notifications: [
        expect.objectContaining({ manifest: MANIFEST, reason: 'added' }),
      ],
    });
    const { next } = first.body.page;
    const { body } = await ask(path(`?page_size=1&next=${next}`));
    expect(body.page).toEqual({ size: 1 });
    expect(body.notifications).toMatchObject([{ manifest: other }]);
    expect((await ask(path(), { method: 'DELETE' })).status).toBe(200);
    expect(clair.notifications).toEqual([]);
    expect((await ask('/notifier/api/v1/notification/1')).status).toBe(400);
  });

  it('posts to its webhook with a token of its own', async () => {
    const seen: { authorization?: string; body: string }[] = [];
    const webhook = await LoopbackServer.start({
      handler: async (request, response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) {
          chunks.push(chunk);
        }
        seen.push({
          authorization: request.headers.authorization,
          body: Buffer.concat(chunks).toString(),
        });
        response.end('{}');
      },
    });
    clair.setWebhook(`${webhook.url}/notifications/clair`);
    expect(await clair.notify([MANIFEST])).toBe(200);
    await webhook.stop();
    const [id] = clair.notifications;
    expect(JSON.parse(seen[0].body)).toEqual({
      notification_id: id,
      callback: `${clair.url}/notifier/api/v1/notification/${id}`,
    });
    expect(
      checkClairToken(seen[0].authorization, {
        key: KEY,
        issuers: ['clair-notifier'],
        now: NOW,
      }),
    ).toBe(true);
  });
});

describe('when it is not well', () => {
  it('asks for a token before anything else', async () => {
    for (const path of [API.state, API.updates, `${API.report}/${MANIFEST}`]) {
      const refused = await ask(path, { headers: { authorization: '' } });
      expect([refused.status, refused.body]).toEqual([401, undefined]);
    }
  });

  it('has the faults of every server here', async () => {
    const repair = clair.addFault({
      path: API.state,
      fault: { kind: 'status', status: 503 },
    });
    expect((await ask(API.state)).status).toBe(503);
    repair();
    expect((await ask(API.state)).status).toBe(200);
    expect(clair.requests.map(({ status }) => status)).toEqual([503, 200]);
    clair.clearRequests();
    expect(clair.requests).toEqual([]);
  });

  it('refuses connections, and answers again at the same address', async () => {
    const { url } = clair;
    await clair.suspend();
    await expect(ask(API.state)).rejects.toThrow('fetch failed');
    await clair.resume();
    expect(clair.url).toBe(url);
    expect((await ask(API.state)).status).toBe(200);
  });

  it('has no resource that a real one has not', async () => {
    expect((await ask('/matcher/api/v1/nothing')).status).toBe(404);
    expect((await ask('/')).status).toBe(404);
  });
});
