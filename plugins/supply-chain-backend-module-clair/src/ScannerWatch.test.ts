import { ClairWorld } from './__testUtils__/ClairWorld';

jest.setTimeout(60_000);

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const FRESH = '2026-11-23T11:00:00Z';
const OLD = '2026-10-01T00:00:00Z';
const AHEAD = '2036-11-23T12:00:00Z';

type Operations = Record<string, { ref?: string; date: string }[]>;

let world: ClairWorld;
let answer: { code: number; operations: Operations };

beforeEach(async () => {
  world = await ClairWorld.start();
  answer = { code: 200, operations: { debian: [{ date: FRESH }] } };
  world.clair.misbehave = ({ path }, response) => {
    const isUpdate = path.includes('update_operation');
    if (isUpdate) {
      response.writeHead(answer.code).end(JSON.stringify(answer.operations));
    }
    return isUpdate;
  };
});

afterEach(async () => {
  await world.stop();
});

const reads = () => world.clair.asked('GET', 'vulnerability_report').length;
const indexed = () => world.clair.asked('POST', 'index_report').length;
const scannedAt = (name: 'payments' | 'web') =>
  world.reportOn(name)?.evidence.detail?.scannedAt;

describe('when an updater brings something', () => {
  const bring = (ref: string) => {
    answer.operations = { debian: [{ ref, date: FRESH }] };
  };

  it('reads reports again within half an hour, and indexes nothing', async () => {
    await world.run(['payments']);
    await world.clock.advance(2 * HOUR_MS);
    expect(reads()).toBe(1);
    bring('another');
    await world.clock.advance(10 * MINUTE_MS);
    expect(reads()).toBe(1);
    await world.clock.advance(25 * MINUTE_MS);
    expect([reads(), indexed()]).toEqual([2, 1]);
    await world.clock.advance(5 * HOUR_MS);
    expect(reads()).toBe(2);
  });

  it('reads them once, however many follow', async () => {
    await world.run(['payments']);
    for (let minute = 0; minute < 15; minute += 1) {
      bring(`run ${minute}`);
      await world.clock.advance(MINUTE_MS);
    }
    expect(reads()).toBe(1);
    await world.clock.advance(2 * MINUTE_MS);
    expect(reads()).toBe(2);
  });

  it('knows after a restart what a scan was compared with', async () => {
    await world.run(['payments']);
    world.sink.revoke('Clair v4');
    world.contents = [...world.contents, world.content('web')];
    await world.clock.advance(HOUR_MS);
    expect(reads()).toBe(2);
    bring('another');
    await world.clock.advance(HOUR_MS);
    expect(reads()).toBe(4);
  });
});

describe('while it is being loaded', () => {
  it('is not in order until no further updater brings anything', async () => {
    answer.operations = {};
    await world.run(['payments']);
    expect(world.health).toMatchObject({ state: 'down' });
    answer.operations = { alpine: [{ date: FRESH }] };
    await world.clock.advance(2 * MINUTE_MS);
    const loading = {
      state: 'degraded',
      reason: 'scannerUnavailable',
      message: expect.stringContaining('still being loaded'),
    };
    expect(world.health).toMatchObject(loading);
    await world.clock.advance(7 * MINUTE_MS);
    answer.operations = { ...answer.operations, debian: [{ date: FRESH }] };
    await world.clock.advance(9 * MINUTE_MS);
    expect(world.health).toMatchObject(loading);
    await world.clock.advance(3 * MINUTE_MS);
    expect(world.health?.state).toBe('ok');
  });

  it('is in order when known updaters bring more', async () => {
    await world.run(['payments']);
    answer.operations = { debian: [{ date: '2026-11-23T12:00:00Z' }] };
    await world.clock.advance(2 * MINUTE_MS);
    expect(world.health?.state).toBe('ok');
  });
});

describe('when its age cannot be read for once', () => {
  it.each([500, 502, 429])('stays as old as it was: %s', async code => {
    answer.operations = { debian: [{ date: OLD }] };
    await world.run(['payments']);
    answer.code = code;
    world.contents = [...world.contents, world.content('web')];
    await world.clock.advance(2 * MINUTE_MS);
    expect(scannedAt('web')).toBe('2026-10-01T00:00:00.000Z');
    expect(world.health).toMatchObject({ reason: 'scanStale' });
  });

  it('grows old meanwhile', async () => {
    await world.run(['payments'], { databaseMaxAgeMs: 2 * HOUR_MS });
    answer.code = 503;
    await world.clock.advance(30 * MINUTE_MS);
    expect(world.health).toMatchObject({
      state: 'degraded',
      reason: 'scannerUnavailable',
      message: expect.stringContaining('could not be read'),
    });
    await world.clock.advance(HOUR_MS);
    expect(world.health).toMatchObject({ reason: 'scanStale' });
  });

  it('is not compared with before it was ever told', async () => {
    answer.code = 503;
    await world.run(['payments']);
    expect(world.reportOn('payments')).toBeUndefined();
    expect(world.health).toMatchObject({
      state: 'down',
      reason: 'scannerUnavailable',
    });
    answer.code = 200;
    await world.clock.advance(MINUTE_MS);
    expect(world.reportOn('payments')?.evidence.status).toBe('present');
  });
});

it.each([401, 403, 404])('may be hidden: %s', async code => {
  answer.code = code;
  await world.run(['payments']);
  expect(scannedAt('payments')).toBe('2026-11-23T12:00:00.000Z');
  expect(world.health).toMatchObject({
    state: 'ok',
    message: expect.stringContaining('does not tell'),
  });
});

it.each([
  [{ debian: [{ date: AHEAD }] }, { state: 'ok' }, /does not tell/],
  [
    { alpine: [{ date: AHEAD }], debian: [{ date: OLD }] },
    { state: 'degraded', reason: 'scanStale' },
    /2026-10-01/,
  ],
])(
  'is never fresh for a time that is to come: %j',
  async (operations, health, message) => {
    answer.operations = operations;
    await world.run(['payments']);
    expect(world.health).toMatchObject({
      ...health,
      message: expect.stringMatching(message),
    });
  },
);
