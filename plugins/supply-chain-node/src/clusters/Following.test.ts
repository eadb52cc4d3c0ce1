import { pod, refusal, ReflectorWorld } from './__testUtils__/ReflectorWorld';

let world: ReflectorWorld;

afterEach(async () => {
  await world.end();
});

const watches = (count = 1) =>
  world.eventually(() => world.server.openWatches === count);
const state = (expected: string) =>
  world.sink.until(() => world.lastHealth?.state === expected);
const says = (text: string) =>
  JSON.stringify(world.lastHealth ?? {}).includes(text);
const uidOf = (name: string) =>
  world.source.items.find(item => item.name === name)!.uid;
const want = (name: string) =>
  world.reflector.requestAgain([{ uid: uidOf(name), namespace: 'shop', name }]);
const fullLists = () =>
  world.paths('list').filter(path => /limit=(?!1$)/.test(path));

describe('when objects are refused again and again', () => {
  it('lists ever more seldom, however long a list takes, and asks for none of them', async () => {
    let nowMs = 0;
    const pauses: number[] = [];
    const due: Array<() => void> = [];
    const clock = {
      now: () => new Date(nowMs),
      random: () => 0.5,
      setTimer: (callback: () => void, delayMs: number) => {
        if (delayMs < 1_000_000) {
          pauses.push(delayMs);
          due.push(() => {
            nowMs += delayMs;
            callback();
          });
        }
        return () => undefined;
      },
    };
    const objects = Array.from({ length: 250 }, (_, index) =>
      pod(`p${index}`, 'unreadable'),
    );
    world = await ReflectorWorld.create(objects, ({ query }) => {
      // A list takes ten seconds.
      nowMs += query.has('watch') ? 0 : 10_000;
    });
    world.start({
      clock,
      timing: {
        firstBackoffMs: 1_000,
        stableMs: 9_000_000,
        silenceMs: 9_000_000,
      },
    });
    for (let list = 0; list < 6; list += 1) {
      await world.eventually(() => due.length > list);
      due[list]();
    }
    await world.eventually(() => pauses.length === 7);
    expect(pauses).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000,
    ]);
    expect(world.paths('get')).toEqual([]);
    expect(
      world.paths('list').filter(path => !path.includes('resourceVersion=0')),
    ).toHaveLength(2);
    expect(world.lastHealth).toMatchObject({
      state: 'degraded',
      message: expect.stringContaining('no spec (and 249 more)'),
    });
  });

  it('names them until they change or are gone', async () => {
    world = await ReflectorWorld.create([
      pod('a', 'unreadable'),
      pod('b', 'doubtful'),
      pod('c'),
    ]);
    world.start({ timing: { firstBackoffMs: 9_000_000 } });
    await watches();
    expect(world.lastHealth).toMatchObject({
      message: 'shop/a: no spec (and 1 more)',
    });
    world.server.apply(pod('a'));
    await world.sink.until(() => world.names.includes('a:v1'));
    await world.sink.until(() => says('half a spec'));
    world.server.delete({ ...pod('b'), name: 'b', namespace: 'shop' });
    await state('ok');
    expect(world.source.fullSyncs).toBe(1);
  });
});

describe('when a reflector goes on from a stored point', () => {
  it('names what was refused before', async () => {
    world = await ReflectorWorld.create([
      pod('a', 'unreadable'),
      pod('b', 'doubtful'),
      pod('c'),
    ]);
    world.start();
    await watches();
    await world.stop();
    world.server.clearRequests();
    world.start();
    await world.sink.until(() => world.health.length > 0);
    expect(world.health[0]).toMatchObject({
      state: 'degraded',
      message: 'shop/a: no spec (and 1 more)',
    });
    expect(fullLists()).toEqual([]);
    expect(world.paths('get').sort()).toEqual([
      expect.stringContaining('/pods/a'),
      expect.stringContaining('/pods/b'),
    ]);
  });

  it('finds what was lost before', async () => {
    const timing = { firstBackoffMs: 9_000_000 };
    world = await ReflectorWorld.create([pod('a')]);
    world.start({ timing });
    await watches();
    world.server.sendMalformedLine();
    world.server.apply(pod('b'));
    await world.sink.until(() => world.names.length === 2);
    await state('degraded');
    await world.stop();
    world.server.clearRequests();
    world.start({ timing });
    await state('ok');
    expect(world.paths('list')).toEqual([
      expect.stringContaining('resourceVersion=0'),
    ]);
  });
});

it('compares although the look it was asked for in has failed', async () => {
  let isAsked = false;
  world = await ReflectorWorld.create([pod('a')], ({ query }) => {
    if (query.get('limit') === '1' && !isAsked) {
      isAsked = true;
      world.reflector.requestComparison();
    }
  });
  world.start();
  await watches();
  const unavailable = refusal(503);
  world.server.addFault({ path: /watch=1/, times: 1, fault: unavailable });
  world.server.addFault({ path: /limit=1$/, times: 1, fault: unavailable });
  world.server.dropWatches();
  await world.sink.until(() => world.source.fullSyncs === 2);
  expect(world.paths('list').at(-1)).toContain('resourceVersion=0');
});

describe('when an object asked for by name is under way', () => {
  it('is asked for again after a list that came between', async () => {
    world = await ReflectorWorld.create([pod('a')]);
    world.start();
    await watches();
    const before = world.source.upserted;
    world.server.addFault({
      path: /pods\/a\?/,
      times: 1,
      fault: { kind: 'hang' },
    });
    want('a');
    await world.eventually(() => world.paths('get').length === 1);
    world.reflector.requestComparison();
    await world.sink.until(() => world.source.upserted > before);
    expect(fullLists()).toHaveLength(1);
    expect(world.health.every(({ state: each }) => each === 'ok')).toBe(true);
  });

  it('is asked for again after a failure, and no full list is', async () => {
    world = await ReflectorWorld.create([pod('a')]);
    world.start();
    await watches();
    const before = world.source.upserted;
    world.server.addFault({ path: /pods\/a\?/, times: 1, fault: refusal(503) });
    want('a');
    await world.sink.until(() => world.source.upserted > before);
    expect(world.paths('list').slice(1)).toEqual([
      expect.stringContaining('resourceVersion=0'),
    ]);
    await state('ok');
  });

  it('is read by a full list after two failures', async () => {
    world = await ReflectorWorld.create([pod('a')]);
    world.start();
    await watches();
    world.server.addFault({ path: /pods\/a\?/, fault: refusal(503) });
    want('a');
    await world.eventually(() => fullLists().length === 2);
    await state('ok');
    expect(world.paths('get')).toHaveLength(2);
  });
});

describe('when one namespace is forbidden', () => {
  const core = /namespaces\/core\/pods/;
  const namespaces = ['shop', 'core'];
  const forbid = () =>
    world.server.addFault({ path: core, fault: refusal(403) });
  const isNamed = () =>
    world.sink.until(() => says('list pods in namespace core'));

  beforeEach(async () => {
    world = await ReflectorWorld.create([
      pod('a'),
      pod('b'),
      pod('c', 'v1', 'core'),
    ]);
  });

  it('goes on with the others, and lets stand what is stored of it', async () => {
    world.start({ namespaces });
    await watches(2);
    forbid();
    world.server.dropWatches();
    await isNamed();
    await watches(1);
    expect(world.lastHealth).toMatchObject({
      state: 'degraded',
      reason: 'clusterForbidden',
    });
    world.server.apply(pod('a', 'v2'));
    world.server.delete({ ...pod('b'), name: 'b', namespace: 'shop' });
    await world.sink.until(() => world.names.join() === 'a:v2,c:v1');
    world.reflector.requestComparison();
    await world.sink.until(() => world.source.fullSyncs === 2);
    expect(world.names).toEqual(['a:v2', 'c:v1']);
    world.server.apply(pod('d', 'v1', 'core'));
    world.server.clearFaults();
    await state('ok');
    expect(world.names).toEqual(['a:v2', 'c:v1', 'd:v1']);
  });

  it('removes what is gone of the others, and of itself when it can be read again', async () => {
    world.start({ namespaces });
    await watches(2);
    forbid();
    world.server.dropWatches();
    world.server.delete({ ...pod('b'), name: 'b', namespace: 'shop' });
    world.server.delete({ ...pod('c'), name: 'c', namespace: 'core' });
    world.server.compact({ expireWatches: true });
    await isNamed();
    await world.sink.until(() => world.names.join() === 'a:v1,c:v1');
    world.server.clearFaults();
    await state('ok');
    expect(world.names).toEqual(['a:v1']);
  });

  it('lets it stand over a restart, and misses nothing of it', async () => {
    world.start({ namespaces });
    await watches(2);
    forbid();
    world.server.dropWatches();
    await isNamed();
    await watches(1);
    world.server.apply(pod('c', 'v2', 'core'));
    world.server.apply(pod('a', 'v2'));
    await world.sink.until(() => world.names.includes('a:v2'));
    await world.stop();
    world.start({ namespaces });
    await isNamed();
    expect(world.names).toEqual(['a:v2', 'b:v1', 'c:v1']);
    await world.stop();
    world.server.clearFaults();
    world.start({ namespaces });
    await state('ok');
    expect(world.names).toEqual(['a:v2', 'b:v1', 'c:v2']);
  });

  it('reads the others from the start', async () => {
    forbid();
    world.start({ namespaces });
    await isNamed();
    expect(world.names).toEqual(['a:v1', 'b:v1']);
    world.server.clearFaults();
    await state('ok');
    expect(world.names).toEqual(['a:v1', 'b:v1', 'c:v1']);
  });

  it('is down when all of them are', async () => {
    world.server.setForbidden('pods', true);
    world.start({ namespaces });
    await state('down');
    expect(world.lastHealth).toMatchObject({
      reason: 'clusterForbidden',
      message: 'list pods in namespace shop, list pods in namespace core',
    });
  });
});
