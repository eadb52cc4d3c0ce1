import { createHash } from 'node:crypto';
import {
  digestOf,
  fallbackTagOf,
  OCI_EMPTY,
  OCI_INDEX,
  OCI_MANIFEST,
} from './content';
import {
  OciRegistryServer,
  OciRegistryServerOptions,
} from './OciRegistryServer';

const IMAGE = { schemaVersion: 2, mediaType: OCI_MANIFEST, layers: [] };

let server: OciRegistryServer;

async function start(options: OciRegistryServerOptions = {}) {
  server = await OciRegistryServer.start(options);
  const digest = server.putManifest('shop/web', {
    mediaType: OCI_MANIFEST,
    body: IMAGE,
    tag: '1.0.0',
  });
  return {
    digest,
    ask: (path: string, init?: RequestInit) =>
      fetch(`${server.url}${path}`, init),
  };
}

function putReferrer(subject: string, artifactType: string, note: string) {
  return server.putManifest('shop/web', {
    mediaType: OCI_MANIFEST,
    body: {
      schemaVersion: 2,
      mediaType: OCI_MANIFEST,
      artifactType,
      config: { mediaType: OCI_EMPTY },
      layers: [],
      subject: { mediaType: OCI_MANIFEST, digest: subject, size: 1 },
      annotations: { note },
    },
  });
}

afterEach(async () => {
  await server.stop();
});

describe('when content is read', () => {
  it('answers the version check, manifests by tag and digest, blobs and tags', async () => {
    const { ask, digest } = await start();
    const blob = server.putBlob('shop/web', 'layer');

    expect(
      (await ask('/v2/')).headers.get('Docker-Distribution-Api-Version'),
    ).toBe('registry/2.0');
    const byTag = await ask('/v2/shop/web/manifests/1.0.0');
    expect(byTag.headers.get('Content-Type')).toBe(OCI_MANIFEST);
    expect(byTag.headers.get('Docker-Content-Digest')).toBe(digest);
    const bytes = Buffer.from(await byTag.arrayBuffer());
    expect(`sha256:${createHash('sha256').update(bytes).digest('hex')}`).toBe(
      digest,
    );

    const head = await ask(`/v2/shop/web/manifests/${digest}`, {
      method: 'HEAD',
    });
    expect(head.headers.get('Content-Length')).toBe(String(bytes.length));
    expect(await head.text()).toBe('');
    expect(await (await ask(`/v2/shop/web/blobs/${blob}`)).text()).toBe(
      'layer',
    );
    expect(await (await ask('/v2/shop/web/tags/list')).json()).toEqual({
      name: 'shop/web',
      tags: ['1.0.0'],
    });
  });

  it('pages tags with a Link header', async () => {
    const { ask, digest } = await start();
    server.store.tag('shop/web', '1.0.1', digest);
    const first = await ask('/v2/shop/web/tags/list?n=1');
    expect((await first.json()).tags).toEqual(['1.0.0']);
    expect(first.headers.get('Link')).toBe(
      '</v2/shop/web/tags/list?n=1&last=1.0.0>; rel="next"',
    );
    const second = await ask('/v2/shop/web/tags/list?n=1&last=1.0.0');
    expect((await second.json()).tags).toEqual(['1.0.1']);
    expect(second.headers.get('Link')).toBeNull();
  });

  it('answers unknown names, references, paths and methods as registries do', async () => {
    const { ask } = await start();
    const codeOf = async (path: string, init?: RequestInit) => {
      const answer = await ask(path, init);
      return `${answer.status} ${(await answer.json()).errors[0].code}`;
    };
    expect(await codeOf('/v2/nobody/manifests/1')).toBe('404 NAME_UNKNOWN');
    expect(await codeOf('/v2/shop/web/manifests/9')).toBe(
      '404 MANIFEST_UNKNOWN',
    );
    expect(await codeOf(`/v2/shop/web/blobs/${digestOf('x')}`)).toBe(
      '404 BLOB_UNKNOWN',
    );
    expect(await codeOf('/v2/shop/web/blobs/uploads', { method: 'POST' })).toBe(
      '405 UNSUPPORTED',
    );
    expect((await ask('/v2/shop/web/tags/other')).status).toBe(404);
    expect((await ask('/v3/')).status).toBe(404);
  });

  it('hides OCI manifests from a client that does not accept them', async () => {
    const { ask } = await start();
    const accepting = (Accept: string) =>
      ask('/v2/shop/web/manifests/1.0.0', { headers: { Accept } });
    expect(
      (await accepting('application/vnd.docker.distribution.manifest.v2+json'))
        .status,
    ).toBe(404);
    expect((await accepting(`text/plain, ${OCI_MANIFEST};q=0.5`)).status).toBe(
      200,
    );
  });

  it('keeps a log of what was asked', async () => {
    const { ask } = await start();
    await ask('/v2/?a=b', { headers: { 'User-Agent': 'probe' } });
    expect(server.requests).toEqual([
      expect.objectContaining({
        method: 'GET',
        path: '/v2/?a=b',
        status: 200,
        headers: expect.objectContaining({ 'user-agent': 'probe' }),
      }),
    ]);
    server.clearRequests();
    expect(server.requests).toEqual([]);
  });
});

describe('when referrers are listed', () => {
  it('pages them by Link and filters by artifactType', async () => {
    const { ask, digest } = await start({ referrersPageSize: 2 });
    const referrers = ['a', 'b', 'c'].map(note =>
      putReferrer(digest, note === 'b' ? 'x/b' : 'x/a', note),
    );

    const seen: string[] = [];
    let next: string | undefined = `/v2/shop/web/referrers/${digest}`;
    while (next) {
      const answer: Response = await ask(next);
      expect(answer.headers.get('Content-Type')).toBe(OCI_INDEX);
      const index = (await answer.json()) as {
        manifests: Array<{ digest: string }>;
      };
      seen.push(...index.manifests.map(entry => entry.digest));
      next = /^<(.+)>; rel="next"$/.exec(answer.headers.get('Link') ?? '')?.[1];
    }
    expect(seen).toEqual(referrers);

    const filtered = await ask(
      `/v2/shop/web/referrers/${digest}?artifactType=x/b`,
    );
    expect(filtered.headers.get('OCI-Filters-Applied')).toBe('artifactType');
    expect((await filtered.json()).manifests).toEqual([
      expect.objectContaining({
        artifactType: 'x/b',
        annotations: { note: 'b' },
        digest: referrers[1],
      }),
    ]);
  });

  it('may ignore the filter, and says so by silence', async () => {
    const { ask, digest } = await start({ referrersFilter: false });
    putReferrer(digest, 'x/a', 'a');
    const answer = await ask(
      `/v2/shop/web/referrers/${digest}?artifactType=x/b`,
    );
    expect(answer.headers.get('OCI-Filters-Applied')).toBeNull();
    expect((await answer.json()).manifests).toHaveLength(1);
  });

  it('lists none for an unknown subject', async () => {
    const { ask } = await start();
    const answer = await ask(`/v2/shop/web/referrers/${digestOf('x')}`);
    expect(answer.status).toBe(200);
    expect((await answer.json()).manifests).toEqual([]);
  });

  it('answers 404 in plain text without the API and serves the fallback tag', async () => {
    const { ask, digest } = await start();
    const referrer = putReferrer(digest, 'x/a', 'a');
    expect(
      (await ask(`/v2/shop/web/manifests/${fallbackTagOf(digest)}`)).status,
    ).toBe(404);

    server.setReferrersApi(false, 'shop/web');
    const refused = await ask(`/v2/shop/web/referrers/${digest}`);
    expect(refused.status).toBe(404);
    expect(refused.headers.get('Content-Type')).toMatch(/^text\/plain/);
    expect(await refused.text()).toBe('404 page not found\n');

    const fallback = await ask(
      `/v2/shop/web/manifests/${fallbackTagOf(digest)}`,
    );
    const text = await fallback.text();
    expect(JSON.parse(text).manifests[0].digest).toBe(referrer);
    expect((await ask(`/v2/shop/web/manifests/${digestOf(text)}`)).status).toBe(
      200,
    );
    expect((await (await ask('/v2/shop/web/tags/list')).json()).tags).toContain(
      fallbackTagOf(digest),
    );

    server.store.deleteManifest('shop/web', referrer);
    expect(
      (await ask(`/v2/shop/web/manifests/${fallbackTagOf(digest)}`)).status,
    ).toBe(404);
    server.setReferrersApi(true);
    expect((await ask(`/v2/shop/web/referrers/${digest}`)).status).toBe(200);
  });
});

describe('when the registry asks who is there', () => {
  const basic = (user: string, password: string) => ({
    headers: {
      Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString(
        'base64',
      )}`,
    },
  });

  it('takes basic credentials only', async () => {
    const { ask } = await start({
      authentication: { kind: 'basic', username: 'ci', password: 'pw' },
    });
    const refused = await ask('/v2/');
    expect(refused.status).toBe(401);
    expect(refused.headers.get('WWW-Authenticate')).toBe(
      'Basic realm="sandbox"',
    );
    expect((await ask('/v2/', basic('ci', 'wrong'))).status).toBe(401);
    expect((await ask('/v2/', basic('ci', 'pw'))).status).toBe(200);
    expect((await ask('/token')).status).toBe(404);
  });

  it('names realm, service and scope, and takes only a token of that scope, while it lives', async () => {
    let nowMs = 0;
    const { ask } = await start({
      authentication: {
        kind: 'token',
        username: 'ci',
        password: 'pw',
        lifetimeSeconds: 60,
      },
      now: () => new Date(nowMs),
    });
    const path = '/v2/shop/web/manifests/1.0.0';
    expect((await ask(path)).headers.get('WWW-Authenticate')).toBe(
      `Bearer realm="${server.url}/token",service="sandbox-registry",scope="repository:shop/web:pull"`,
    );
    expect((await ask('/token?scope=repository:shop/web:pull')).status).toBe(
      401,
    );
    const tokenFor = async (scope: string) =>
      (await (await ask(`/token?scope=${scope}`, basic('ci', 'pw'))).json())
        .token as string;
    const withToken = async (token: string) => {
      const answer = await ask(path, {
        headers: { Authorization: `Bearer ${token}` },
      });
      return (
        answer.headers.get('WWW-Authenticate')?.split('error=')[1] ??
        answer.status
      );
    };
    const good = await tokenFor('repository:shop/web:pull,push');
    expect(await withToken(good)).toBe(200);
    expect(await withToken(await tokenFor('repository:shop/other:pull'))).toBe(
      '"insufficient_scope"',
    );
    expect(await withToken('guessed')).toBe('"invalid_token"');
    nowMs = 60_000;
    expect(await withToken(good)).toBe('"invalid_token"');
  });

  it('gives anonymous tokens when no user is set', async () => {
    const { ask } = await start({ authentication: { kind: 'token' } });
    expect(await (await ask('/token')).json()).toMatchObject({
      expires_in: 60,
      token: expect.any(String),
    });
  });
});

describe('when a fault is set', () => {
  const path = '/v2/shop/web/manifests/1.0.0';

  it.each([401, 403, 404, 429, 500, 503])('answers %i', async status => {
    const { ask } = await start();
    server.addFault({
      repository: 'shop/web',
      fault: { kind: 'status', status, retryAfterSeconds: 7 },
    });
    const answer = await ask(path);
    expect([answer.status, answer.headers.get('Retry-After')]).toEqual([
      status,
      '7',
    ]);
    expect((await answer.json()).errors).toHaveLength(1);
    expect((await ask('/v2/')).status).toBe(200);
  });

  it('hangs until the client gives up', async () => {
    const { ask } = await start();
    server.addFault({ path, fault: { kind: 'hang' } });
    const controller = new AbortController();
    const pending = ask(path, { signal: controller.signal });
    setImmediate(() => controller.abort());
    await expect(pending).rejects.toThrow(/abort/);
  });

  it('changes bytes, types and pages', async () => {
    const { ask, digest } = await start();
    const remove = server.addFault({
      path: /manifests/,
      fault: { kind: 'wrongBytes' },
    });
    const spoilt = Buffer.from(await (await ask(path)).arrayBuffer());
    expect(digestOf(spoilt)).not.toBe(digest);
    remove();
    remove();
    server.addFault({ fault: { kind: 'wrongBytes', body: 'other' }, times: 1 });
    expect(await (await ask(path)).text()).toBe('other');
    server.addFault({
      fault: { kind: 'contentType', contentType: 'text/plain' },
      times: 1,
    });
    expect((await ask(path)).headers.get('Content-Type')).toBe('text/plain');
    server.addFault({ fault: { kind: 'html' }, times: 1, method: 'GET' });
    expect(await (await ask(path)).text()).toContain('<!doctype html>');
    expect((await ask(path)).status).toBe(200);
  });

  it('redirects anywhere and in circles', async () => {
    const { ask } = await start();
    server.addFault({
      fault: {
        kind: 'redirect',
        location: 'http://127.0.0.1:9/x',
        status: 302,
      },
      times: 1,
    });
    const away = await ask(path, { redirect: 'manual' });
    expect([away.status, away.headers.get('Location')]).toEqual([
      302,
      'http://127.0.0.1:9/x',
    ]);
    server.addFault({ fault: { kind: 'redirect', location: 'self' } });
    const round = await ask(path, { redirect: 'manual' });
    expect([round.status, round.headers.get('Location')]).toEqual([307, path]);
    server.clearFaults();
    expect((await ask(path)).status).toBe(200);
  });

  it('cuts, stretches and slows bodies', async () => {
    const { ask, digest } = await start();
    server.addFault({ fault: { kind: 'truncatedBody' }, times: 1 });
    await expect(ask(path).then(answer => answer.text())).rejects.toThrow();
    server.addFault({
      fault: { kind: 'oversizedBody', bytes: 3_000_000 },
      times: 1,
    });
    const big = await ask(path);
    expect(big.headers.get('Content-Length')).toBeNull();
    expect((await big.arrayBuffer()).byteLength).toBe(3_000_000);
    server.addFault({
      fault: { kind: 'slowBody', chunkBytes: 64, delayMs: 1 },
      times: 1,
    });
    expect(digestOf(await (await ask(path)).text())).toBe(digest);
  });
});
