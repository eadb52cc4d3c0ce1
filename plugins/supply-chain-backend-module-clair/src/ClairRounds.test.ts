import { ClairWorld, digestOf } from './__testUtils__/ClairWorld';

jest.setTimeout(60_000);

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let world: ClairWorld;

beforeEach(async () => {
  world = await ClairWorld.start();
});

afterEach(async () => {
  await world.stop();
});

const reads = () => world.clair.asked('GET', 'vulnerability_report').length;
const indexed = () => world.clair.asked('POST', 'index_report').length;
const source = () => world.sink.source('Clair v4');

describe('an image that no registry tells of any more', () => {
  it('keeps its scan, which grows older', async () => {
    await world.run(['payments']);
    const before = world.reportOn('payments');
    world.contents = [
      { digest: digestOf('payments'), locations: [] },
      world.content('web'),
    ];
    await world.clock.advance(2 * MINUTE_MS);
    expect(world.reportOn('web')).toBeDefined();
    expect(world.reportOn('payments')).toEqual(before);
    const asked = reads();
    await world.clock.advance(5 * HOUR_MS);
    expect([reads(), indexed()]).toEqual([asked, 2]);
    expect(world.health?.state).toBe('ok');
  });

  it('is scanned again once one does, as if nothing had been', async () => {
    await world.run(['payments']);
    world.contents = [{ digest: digestOf('payments'), locations: [] }];
    await world.clock.advance(7 * HOUR_MS);
    expect(reads()).toBe(1);
    world.contents = [world.content('payments')];
    await world.clock.advance(MINUTE_MS);
    expect([reads(), indexed()]).toEqual([2, 1]);
  });

  it('is not submitted: it may be an index', async () => {
    world.contents = [];
    const digest = digestOf('payments');
    await world.run([], {}, [{ digest, locations: [] }]);
    await world.clock.advance(HOUR_MS);
    expect([reads(), indexed()]).toEqual([0, 0]);
    expect(world.health?.state).toBe('ok');
  });
});

describe('the pace', () => {
  it('is not given up for a max-age that never ends', async () => {
    world.clair.misbehave = ({ path }, response) => {
      if (path.includes('/vulnerability_report/')) {
        response.setHeader('cache-control', 'max-age=999999999');
      }
      return false;
    };
    await world.run(['payments']);
    await world.clock.advance(24 * HOUR_MS);
    expect(reads()).toBe(1);
    await world.clock.advance(2 * HOUR_MS);
    expect(reads()).toBe(2);
  });

  it('is not given up after a clock that was ahead', async () => {
    await world.run(['payments']);
    const stored = world.reportOn('payments')!;
    const ahead = Date.parse('2027-06-01T00:00:00Z');
    const resourceVersion = stored.resourceVersion.replace(
      /\d{13}/,
      `${ahead}`,
    );
    const item = { ...stored, resourceVersion };
    source().entries.set(item.uid, { item, seenInSync: 0 });
    world.sink.revoke('Clair v4');
    world.contents = [...world.contents, world.content('web')];
    await world.clock.advance(3 * MINUTE_MS);
    const again = world.clair
      .asked('GET', 'vulnerability_report')
      .filter(({ path }) => path.endsWith(digestOf('payments')));
    expect(again).toHaveLength(2);
    expect(world.reportOn('payments')!.resourceVersion).not.toContain(
      String(ahead),
    );
  });
});

describe('a Clair that is slow', () => {
  it('has its round ended after a minute, and how it is doing told meanwhile', async () => {
    const told: number[] = [];
    world.clair.misbehave = ({ path }) => {
      if (path.includes('/vulnerability_report/')) {
        told.push(world.sink.reports.length);
        world.clock.skip(40_000);
      }
      return false;
    };
    await world.run(['payments', 'web', 'unsigned'], { concurrency: 1 });
    expect(told).toEqual([1, 2]);
    expect(source().items).toHaveLength(2);
    await world.clock.advance(2_000);
    expect(source().items).toHaveLength(3);
  });

  it('is left alone when it does not answer in time, then tried with one image', async () => {
    world.clair.misbehave = ({ method }) => method === 'POST';
    const settings = { concurrency: 1, indexTimeoutMs: 50 };
    await world.run(['payments', 'web', 'unsigned'], settings);
    expect(indexed()).toBe(3);
    expect(world.health).toMatchObject({
      state: 'degraded',
      reason: 'sourceTimeout',
      nextTryAt: '2026-11-23T12:00:33.000Z',
    });
    await world.clock.advance(35_000);
    expect(indexed()).toBe(4);
    world.clair.misbehave = () => false;
    await world.clock.advance(20 * MINUTE_MS);
    expect(source().items.map(({ evidence }) => evidence.status)).toEqual(
      expect.arrayContaining(['present', 'present', 'unavailable']),
    );
    expect(world.health?.reason).toBe('scanWithoutPackages');
  });
});
