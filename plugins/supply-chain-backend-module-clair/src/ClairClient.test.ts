import { jwtVerify } from 'jose';
import { ClairWorld, digestOf } from './__testUtils__/ClairWorld';

let world: ClairWorld;
const signal = new AbortController().signal;

beforeEach(async () => {
  world = await ClairWorld.start();
});

afterEach(async () => {
  await world.stop();
});

describe('ClairClient', () => {
  it('signs with the key, for two minutes', async () => {
    const key = new Uint8Array(Buffer.from('c2VjcmV0LXNlY3JldA==', 'base64'));
    const client = world.client({ psk: { key, issuer: 'backstage' } });
    expect((await client.readIndexState(signal)).ok).toBe(true);
    const [{ headers }] = world.clair.requests;
    const token = headers.authorization!.replace('Bearer ', '');
    const { payload, protectedHeader } = await jwtVerify(token, key, {
      issuer: 'backstage',
      algorithms: ['HS256'],
    });
    expect(protectedHeader.alg).toBe('HS256');
    const { iat = 0, nbf = 0, exp = 0 } = payload;
    expect([iat - nbf, exp - iat]).toEqual([60, 120]);
  });

  it('gives Clair the address of a store without a token', async () => {
    const location = 'https://store.example/blob?signature=1';
    world.serveLayer = response => response.writeHead(307, { location }).end();
    await world.client().index(world.content('web'), { signal });
    const [request] = world.clair.asked('POST', 'index_report');
    for (const layer of JSON.parse(request.body).layers) {
      expect(layer.uri).toBe(location);
      expect(Object.keys(layer.headers)).toEqual(['Accept']);
    }
    expect(request.headers.authorization).toBeUndefined();
  });

  it('follows no redirect', async () => {
    let asked = 0;
    world.clair.misbehave = ({ path }, response) => {
      asked += 1;
      const location = `http://localhost:${new URL(world.clair.url).port}/x`;
      response.writeHead(307, { location }).end(path);
      return true;
    };
    expect(await world.client().readIndexState(signal)).toMatchObject({
      ok: false,
      reason: 'scannerUnavailable',
      message: expect.stringContaining('redirects'),
    });
    expect(asked).toBe(1);
  });

  it('says so when nobody listens', async () => {
    const client = world.client({ indexer: 'http://127.0.0.1:1' });
    expect(await client.readIndexState(signal)).toMatchObject({
      ok: false,
      reason: 'scannerUnavailable',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('reads no more than it should', async () => {
    world.clair.misbehave = (_, response) => {
      response.end(Buffer.alloc(5 * 1024 * 1024, ' '));
      return true;
    };
    expect(await world.client().readIndexState(signal)).toMatchObject({
      ok: false,
      reason: 'reportTooLarge',
    });
  });

  it('reads a report that was indexed, whatever its content type', async () => {
    const client = world.client();
    const digest = digestOf('payments');
    expect(await client.readReport(digest, signal)).toMatchObject({
      ok: false,
      notIndexed: true,
    });
    await client.index(world.content('payments'), { signal });
    const scan = await client.readReport(digest, signal);
    expect(scan).toMatchObject({
      value: { report: { detail: { findings: { length: 8 } } } },
    });
  });

  it('gives Clair the layers from the next repository when one refuses', async () => {
    const { locations, ...content } = world.content('web');
    const elsewhere = `${world.registryHost}/mirror/web`;
    const places = [...locations, { ...locations[0], repository: elsewhere }];
    const index = (some: typeof places) =>
      world.client().index({ ...content, locations: some }, { signal });
    world.locked.add('shop/web');
    expect(await index(places)).toEqual({ ok: true, value: 'indexed' });
    const [request] = world.clair.asked('POST', 'index_report');
    for (const layer of JSON.parse(request.body).layers) {
      expect(layer.uri).toContain(`${elsewhere.replace(/^[^/]+/, '')}/blobs/`);
    }
    world.locked.add('mirror/web');
    expect(await index(places)).toMatchObject({
      ok: false,
      reason: 'registryRefused',
    });
    expect(await index([])).toMatchObject({
      ok: false,
      reason: 'notCollectedYet',
    });
  });
});
