import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  KubernetesApiServer,
  KubernetesApiServerOptions,
} from './KubernetesApiServer';
import { parseLabelSelector } from './labelSelector';
import { KubernetesObject } from './resources';

const METADATA =
  'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io';

let server: KubernetesApiServer;
const open: AbortController[] = [];

afterEach(async () => {
  open.splice(0).forEach(controller => controller.abort());
  await server.stop();
});

function pod(
  name: string,
  options: { namespace?: string; app?: string } = {},
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: options.namespace ?? 'checkout',
      labels: { app: options.app ?? name },
    },
    spec: { containers: [] },
  };
}

async function start(options: KubernetesApiServerOptions = {}) {
  server = await KubernetesApiServer.start({
    objects: [pod('a'), pod('b'), pod('c', { namespace: 'core' })],
    ...options,
  });
  return async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${server.url}${path}`, { headers });
    const type = answer.headers.get('Content-Type') ?? '';
    const body = type.startsWith('application/json')
      ? await answer.json()
      : await answer.text();
    return { status: answer.status, body };
  };
}

interface Line {
  type: string;
  object: KubernetesObject & { code?: number };
}

/** Reads a watch line by line; `next()` waits for one more. */
async function watch(path: string, headers: Record<string, string> = {}) {
  const controller = new AbortController();
  open.push(controller);
  const answer = await fetch(`${server.url}${path}`, {
    headers,
    signal: controller.signal,
  });
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let buffered = '';
  const nextLine = async (): Promise<string | undefined> => {
    while (!buffered.includes('\n')) {
      const { value, done } = await reader.read();
      if (done) {
        return undefined;
      }
      buffered += value;
    }
    const end = buffered.indexOf('\n') + 1;
    const line = buffered.slice(0, end);
    buffered = buffered.slice(end);
    return line;
  };
  const next = async () => {
    const line = await nextLine();
    return line === undefined ? undefined : (JSON.parse(line) as Line);
  };
  const brief = async () => {
    const line = await next();
    return line && `${line.type} ${line.object.metadata.name}`;
  };
  return { status: answer.status, next, nextLine, brief };
}

const bookmarked = (revision: string) =>
  `/api/v1/pods?watch=1&allowWatchBookmarks=true&resourceVersion=${revision}`;

describe('when objects are listed', () => {
  it('gives built-in items without kind and with a revision', async () => {
    const ask = await start();
    const { body } = await ask('/api/v1/pods');
    expect([body.kind, body.apiVersion, body.metadata.resourceVersion]).toEqual(
      ['PodList', 'v1', server.resourceVersion],
    );
    expect(
      body.items.map((item: KubernetesObject) => item.metadata.name),
    ).toEqual(['a', 'b', 'c']);
    expect(Object.keys(body.items[0])).toEqual(['metadata', 'spec']);
    expect(body.items[0].metadata).toMatchObject({
      uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      creationTimestamp: expect.stringMatching(
        /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
      ),
      generation: 1,
    });
  });

  it('selects by namespace and labels, and gets by name', async () => {
    const ask = await start();
    const names = async (path: string) =>
      (await ask(path)).body.items.map(
        (item: KubernetesObject) => item.metadata.name,
      );
    expect(await names('/api/v1/namespaces/core/pods')).toEqual(['c']);
    expect(await names('/api/v1/pods?labelSelector=app%20in%20(a,c)')).toEqual([
      'a',
      'c',
    ]);
    expect((await ask('/api/v1/namespaces/core/pods/c')).body).toMatchObject({
      kind: 'Pod',
      metadata: { name: 'c' },
    });
    expect(await ask('/api/v1/namespaces/core/pods/z')).toMatchObject({
      status: 404,
      body: { reason: 'NotFound' },
    });
  });

  it('pages over one consistent revision', async () => {
    const ask = await start();
    const first = (await ask('/api/v1/pods?limit=2')).body;
    expect(first.metadata.remainingItemCount).toBe(1);
    server.delete({
      apiVersion: 'v1',
      kind: 'Pod',
      namespace: 'core',
      name: 'c',
    });
    const next = `continue=${first.metadata.continue}`;
    const second = (await ask(`/api/v1/pods?limit=2&${next}`)).body;
    expect(
      second.items.map((item: KubernetesObject) => item.metadata.name),
    ).toEqual(['c']);
    expect(second.metadata).toEqual({
      resourceVersion: first.metadata.resourceVersion,
    });
    expect((await ask('/api/v1/pods')).body.items).toHaveLength(2);
    expect((await ask('/api/v1/pods?continue=bogus')).status).toBe(400);
  });

  it('does not tell the rest of a selected page, and ignores the limit for revision 0', async () => {
    const ask = await start();
    const selected = (await ask('/api/v1/pods?limit=1&labelSelector=app')).body;
    expect(selected.metadata).toEqual({
      resourceVersion: expect.any(String),
      continue: expect.any(String),
    });
    expect(
      (await ask('/api/v1/pods?limit=1&resourceVersion=0')).body.items,
    ).toHaveLength(3);
    expect((await ask('/api/v1/pods?resourceVersion=99999')).status).toBe(504);
  });

  it('answers an old continue token with 410 and a new one', async () => {
    const ask = await start();
    const { metadata } = (await ask('/api/v1/pods?limit=1')).body;
    server.compact();
    const expired = await ask(
      `/api/v1/pods?limit=1&continue=${metadata.continue}`,
    );
    expect(expired).toMatchObject({
      status: 410,
      body: { kind: 'Status', reason: 'Expired', code: 410 },
    });
    const rest = await ask(
      `/api/v1/pods?continue=${expired.body.metadata.continue}`,
    );
    expect(rest.body.items).toHaveLength(2);
  });

  it('gives metadata only when asked to', async () => {
    const ask = await start();
    const { body } = await ask('/api/v1/pods', { Accept: METADATA });
    expect([body.kind, body.apiVersion]).toEqual([
      'PartialObjectMetadataList',
      'meta.k8s.io/v1',
    ]);
    expect(body.items[0]).toEqual({
      kind: 'PartialObjectMetadata',
      apiVersion: 'meta.k8s.io/v1',
      metadata: expect.objectContaining({ name: 'a' }),
    });
  });

  it('may lag behind', async () => {
    const ask = await start();
    server.lagBy(1);
    const { body } = await ask('/api/v1/pods');
    expect(body.items).toHaveLength(2);
    expect(Number(body.metadata.resourceVersion)).toBe(
      Number(server.resourceVersion) - 1,
    );
    server.clearFaults();
    expect((await ask('/api/v1/pods')).body.items).toHaveLength(3);
  });

  it('may lag behind in the watch cache alone', async () => {
    const ask = await start();
    server.lagBy(1, { cacheOnly: true });
    expect((await ask('/api/v1/pods?limit=5')).body.items).toHaveLength(3);
    const { body } = await ask('/api/v1/pods?resourceVersion=0');
    expect(body.items).toHaveLength(2);
  });

  it('may give smaller pages than asked for, and forget history between them', async () => {
    const ask = await start();
    server.limitPages(1);
    server.compactAfterPage();
    const first = (await ask('/api/v1/pods?limit=5')).body;
    expect(first.items).toHaveLength(1);
    const second = await ask(
      `/api/v1/pods?limit=5&continue=${first.metadata.continue}`,
    );
    expect(second).toMatchObject({
      status: 410,
      body: { reason: 'Expired', metadata: { continue: expect.anything() } },
    });
  });
});

describe('when access is refused', () => {
  it('tells apart 401, 403, 404 and writing', async () => {
    const ask = await start({
      token: 'secret',
      forbidden: ['nodes'],
      missing: ['vulnerabilityreports'],
    });
    const bearer = { Authorization: 'Bearer secret' };
    expect(await ask('/api/v1/pods')).toMatchObject({
      status: 401,
      body: { reason: 'Unauthorized' },
    });
    expect((await ask('/api/v1/pods', bearer)).status).toBe(200);
    expect(await ask('/api/v1/nodes', bearer)).toMatchObject({
      status: 403,
      body: {
        message:
          'nodes is forbidden: User "backstage" cannot list resource "nodes" in API group "" at the cluster scope',
      },
    });
    const reports =
      '/apis/aquasecurity.github.io/v1alpha1/vulnerabilityreports';
    expect(await ask(reports, bearer)).toEqual({
      status: 404,
      body: '404 page not found\n',
    });
    const served = '/apis/aquasecurity.github.io/v1alpha1';
    const names = async () =>
      (await ask(served, bearer)).body.resources.map(
        ({ name }: { name: string }) => name,
      );
    expect(await names()).not.toContain('vulnerabilityreports');
    server.setMissing('vulnerabilityreports', false);
    expect(await names()).toContain('vulnerabilityreports');
    expect((await ask('/apis', bearer)).body).toMatchObject({
      kind: 'APIGroupList',
      groups: expect.arrayContaining([
        expect.objectContaining({ name: 'aquasecurity.github.io' }),
      ]),
    });
    server.setForbidden('nodes', false);
    server.setForbidden('pods', true);
    expect((await ask(reports, bearer)).status).toBe(200);
    expect((await ask('/api/v1/nodes', bearer)).status).toBe(200);
    expect(
      (await ask('/api/v1/namespaces/core/pods/c', bearer)).body.message,
    ).toContain('cannot get');
    expect((await ask('/version', bearer)).body.gitVersion).toBe('v1.37.2');
    expect((await ask('/nothing', bearer)).status).toBe(404);
    const post = await fetch(
      `${server.url}/api/v1/namespaces/core/configmaps`,
      { method: 'POST', headers: bearer },
    );
    expect(post.status).toBe(403);
  });

  it('records what was asked in the words of a role', async () => {
    const ask = await start();
    await ask('/apis/apps/v1/namespaces/core/deployments?limit=5', {
      Accept: METADATA,
    });
    expect(server.requests[0]).toMatchObject({
      verb: 'list',
      group: 'apps',
      resource: 'deployments',
      namespace: 'core',
      metadataOnly: true,
      status: 200,
    });
    server.clearRequests();
    expect(server.requests).toEqual([]);
  });
});

describe('when objects are watched', () => {
  it('replays from a revision and goes on with changes', async () => {
    await start();
    const from = server.resourceVersion;
    server.apply(pod('d'));
    const stream = await watch(
      `/api/v1/pods?watch=true&resourceVersion=${from}`,
    );
    expect(await stream.brief()).toBe('ADDED d');
    server.apply(pod('d'));
    expect(await stream.brief()).toBe('MODIFIED d');
    server.apply({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' } });
    server.delete({
      apiVersion: 'v1',
      kind: 'Pod',
      namespace: 'checkout',
      name: 'd',
    });
    const deleted = await stream.next();
    expect([deleted?.type, deleted?.object.metadata.resourceVersion]).toEqual([
      'DELETED',
      server.resourceVersion,
    ]);
    expect(server.openWatches).toBe(1);
  });

  it('begins with everything without a revision, as metadata when asked to', async () => {
    await start();
    const stream = await watch('/api/v1/pods?watch=1', { Accept: METADATA });
    const first = await stream.next();
    expect(first).toEqual({
      type: 'ADDED',
      object: {
        kind: 'PartialObjectMetadata',
        apiVersion: 'meta.k8s.io/v1',
        metadata: expect.anything(),
      },
    });
    expect([await stream.brief(), await stream.brief()]).toEqual([
      'ADDED b',
      'ADDED c',
    ]);
  });

  it('turns a label change into ADDED and DELETED for a selector', async () => {
    await start();
    const stream = await watch(
      `/api/v1/namespaces/checkout/pods?watch=1&labelSelector=app%3Da&resourceVersion=${server.resourceVersion}`,
    );
    server.apply(pod('x', { namespace: 'core', app: 'a' }));
    server.apply(pod('a', { app: 'other' }));
    expect(await stream.brief()).toBe('DELETED a');
    server.apply(pod('a'));
    expect(await stream.brief()).toBe('ADDED a');
  });

  it('sends bookmarks only to those who allow them, and one before the timeout', async () => {
    await start();
    const silent = await watch(
      `/api/v1/pods?watch=1&resourceVersion=${server.resourceVersion}`,
    );
    const marked = await watch(
      `${bookmarked(server.resourceVersion)}&timeoutSeconds=1`,
    );
    server.apply({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' } });
    server.sendBookmarks('pods');
    const bookmark = await marked.next();
    expect(bookmark).toMatchObject({
      type: 'BOOKMARK',
      object: {
        kind: 'Pod',
        metadata: { resourceVersion: server.resourceVersion },
      },
    });
    server.apply(pod('z'));
    expect(await silent.brief()).toBe('ADDED z');
    expect(await marked.brief()).toBe('ADDED z');
    expect((await marked.next())?.type).toBe('BOOKMARK');
    expect(await marked.next()).toBeUndefined();
  });

  it('sends bookmarks of metadata in time', async () => {
    await start({ bookmarkIntervalMs: 5 });
    const stream = await watch(bookmarked(server.resourceVersion), {
      Accept: METADATA,
    });
    expect(await stream.next()).toMatchObject({
      type: 'BOOKMARK',
      object: { kind: 'PartialObjectMetadata' },
    });
  });

  it('answers a revision that is gone with an ERROR event and the end', async () => {
    await start();
    const from = server.resourceVersion;
    server.compact();
    const stream = await watch(bookmarked(from));
    expect(stream.status).toBe(200);
    expect(await stream.next()).toMatchObject({
      type: 'ERROR',
      object: { code: 410, reason: 'Expired' },
    });
    expect(await stream.next()).toBeUndefined();
  });

  it('can expire, repeat, break and drop open watches', async () => {
    await start();
    const stream = await watch(bookmarked(server.resourceVersion));
    server.apply(pod('d'));
    server.repeatEvents(1);
    expect([await stream.brief(), await stream.brief()]).toEqual([
      'ADDED d',
      'ADDED d',
    ]);
    server.sendMalformedLine();
    expect(() => JSON.parse('{"type":"MODIFIED","object":\n')).toThrow();
    expect(await stream.nextLine()).toBe('{"type":"MODIFIED","object":\n');
    server.compact({ expireWatches: true });
    expect((await stream.next())?.type).toBe('ERROR');
    const dropped = await watch(bookmarked(server.resourceVersion));
    server.dropWatches('nodes');
    server.dropWatches();
    await expect(dropped.next()).rejects.toThrow();
  });

  it('can send events late, backwards and after a stale bookmark', async () => {
    await start();
    const stream = await watch(bookmarked(server.resourceVersion));
    server.swapNextEvents();
    server.apply(pod('d'));
    server.apply(pod('e'));
    server.repeatReversed(2);
    server.sendBookmarks('pods', { behind: 1 });
    expect([
      await stream.brief(),
      await stream.brief(),
      await stream.brief(),
      await stream.brief(),
    ]).toEqual(['ADDED e', 'ADDED d', 'ADDED d', 'ADDED e']);
    const bookmark = await stream.next();
    expect(bookmark?.object.metadata.resourceVersion).toBe(
      String(Number(server.resourceVersion) - 1),
    );
  });

  it('can end, fail, stall and break off open watches', async () => {
    await start();
    const ended = await watch(bookmarked(server.resourceVersion));
    server.endWatches();
    expect((await ended.next())?.type).toBe('BOOKMARK');
    expect(await ended.next()).toBeUndefined();
    const failed = await watch(bookmarked(server.resourceVersion));
    server.failWatches(500, 'etcdserver: request timed out');
    expect((await failed.next())?.object).toMatchObject({
      kind: 'Status',
      code: 500,
    });
    const stalled = await watch(bookmarked(server.resourceVersion));
    server.stallWatches();
    server.apply(pod('d'));
    server.sendBookmarks();
    server.endWatches();
    expect(await stalled.next()).toBeUndefined();
    const broken = await watch(bookmarked(server.resourceVersion));
    server.breakNextEvents();
    server.apply(pod('d'));
    await expect(broken.next()).rejects.toThrow();
    expect(server.openWatches).toBe(0);
  });

  it('fails over HTTP when told to', async () => {
    const ask = await start();
    server.addFault({
      path: /watch=1/,
      fault: { kind: 'status', status: 500 },
      times: 1,
    });
    expect((await ask('/api/v1/pods?watch=1')).status).toBe(500);
    expect((await ask('/api/v1/pods')).status).toBe(200);
  });
});

describe('when objects are written by the test', () => {
  it('refuses unknown kinds and missing namespaces, and keeps identity', async () => {
    await start();
    expect(() =>
      server.apply({
        apiVersion: 'v1',
        kind: 'Gadget',
        metadata: { name: 'x' },
      }),
    ).toThrow("expected a known kind, got 'v1 Gadget'");
    expect(() =>
      server.apply({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' } }),
    ).toThrow('expected a namespace');
    const reference = {
      apiVersion: 'v1',
      kind: 'Pod',
      namespace: 'checkout',
      name: 'a',
    };
    const before = server.get(reference);
    const after = server.apply(pod('a', { app: 'new' }));
    expect(after.metadata.uid).toBe(before?.metadata.uid);
    expect(after.metadata.generation).toBe(2);
    expect(server.delete({ ...reference, name: 'nobody' })).toBe(false);
    expect(server.list('pods')).toHaveLength(3);
  });
});

describe('parseLabelSelector', () => {
  it.each([
    ['a=1', true],
    ['a==1,b!=1', true],
    ['a!=1', false],
    ['a in (1, 2)', true],
    ['a notin (1)', false],
    ['c notin (1)', true],
    ['a', true],
    ['!a', false],
    ['!c', true],
    ['', true],
  ])('%s', (selector, expected) => {
    expect(parseLabelSelector(selector)({ a: '1', b: '2' })).toBe(expected);
  });

  it('matches an object without labels by absence only', () => {
    expect(parseLabelSelector('!a')(undefined)).toBe(true);
  });
});

const recorded = join(
  process.env.SUPPLY_CHAIN_VECTORS ??
    resolve(__dirname, '../../../../../shared/fixtures'),
  'kubernetes',
);
const whenRecorded = existsSync(recorded) ? describe : describe.skip;

whenRecorded('beside lists recorded from a real API server', () => {
  it.each([
    ['pods', '/api/v1/pods'],
    ['deployments', '/apis/apps/v1/deployments'],
    ['namespaces', '/api/v1/namespaces'],
    [
      'vulnerabilityreports',
      '/apis/aquasecurity.github.io/v1alpha1/vulnerabilityreports',
    ],
    ['policyreports', '/apis/wgpolicyk8s.io/v1alpha2/policyreports'],
    ['openreports', '/apis/openreports.io/v1alpha1/reports'],
  ])('gives %s in the same shape', async (file, path) => {
    const list = JSON.parse(
      readFileSync(join(recorded, `${file}.json`), 'utf8'),
    );
    const kind = list.kind.replace(/List$/, '');
    const ask = await start({
      objects: list.items.map((item: object) => ({
        apiVersion: list.apiVersion,
        kind,
        ...item,
      })),
    });
    const { body } = await ask(path);
    expect([body.kind, body.apiVersion]).toEqual([list.kind, list.apiVersion]);
    const byName = (items: KubernetesObject[]) =>
      items
        .map(item => ({
          ...item,
          metadata: { ...item.metadata, resourceVersion: '', generation: 0 },
        }))
        .sort((left, right) =>
          left.metadata.uid!.localeCompare(right.metadata.uid!),
        );
    expect(byName(body.items)).toEqual(byName(list.items));
  });
});
