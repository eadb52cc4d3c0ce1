import { ClairWorld, digestOf } from '../__testUtils__/ClairWorld';
import { SeenRequest } from '../__testUtils__/FakeClair';

jest.setTimeout(60_000);

const ID = '269886f3-0146-4f08-9bf7-cb1138d48643';
const NEXT = 'b2d6c7f6-97b2-4c6b-8b7e-2f1f7f7a6b1d';
const MINUTE_MS = 60_000;

type Page = { manifests: unknown[]; next?: string };

let world: ClairWorld;

beforeEach(async () => {
  world = await ClairWorld.start();
});

afterEach(async () => {
  await world.stop();
});

/** Has the notifier answer with these pages, each by the `next` that asks for it. */
function notifier(pages: Record<string, Page>, removed = 200) {
  world.clair.misbehave = ({ method, path }, response) => {
    const url = new URL(path, 'http://clair');
    if (!url.pathname.startsWith('/notifier/')) {
      return false;
    }
    if (method === 'DELETE') {
      response.writeHead(removed).end();
      return true;
    }
    const page = pages[url.searchParams.get('next') ?? ''];
    response.writeHead(page ? 200 : 500).end(
      JSON.stringify({
        page: { size: 500, ...(page?.next && { next: page.next }) },
        notifications: page?.manifests.map(manifest => ({
          manifest,
          reason: 'added',
        })),
      }),
    );
    return true;
  };
}

const ask = ({ method, path }: SeenRequest) => `${method} ${path}`;
const asked = () =>
  world.clair.requests
    .filter(({ path }) => /notifier|vulnerability_report/.test(path))
    .map(ask);
const reportOn = (name: 'payments' | 'web') =>
  `GET /matcher/api/v1/vulnerability_report/${digestOf(name)}`;
const page = (next?: string) =>
  `GET /notifier/api/v1/notification/${ID}?page_size=500${
    next ? `&next=${next}` : ''
  }`;
const removal = `DELETE /notifier/api/v1/notification/${ID}`;

/** Pushes, and waits until the notifier and what follows it are done with. */
async function push(...hints: string[]) {
  world.clair.requests.length = 0;
  world.sink.hint('Clair v4', ...hints);
  // Requests go over the network while the clock stands.
  for (let quiet = 0, seen = -1; quiet < 20; quiet += 1) {
    await new Promise(resolve => setTimeout(resolve, 10));
    if (seen !== world.clair.requests.length) {
      seen = world.clair.requests.length;
      quiet = 0;
    }
  }
}

it('reads the reports on what a notification names at once, and then says so', async () => {
  await world.run(['payments', 'web']);
  notifier({
    '': { manifests: [digestOf('payments'), digestOf('payments')], next: NEXT },
    [NEXT]: { manifests: [digestOf('web'), `sha256:${'0'.repeat(64)}`] },
  });
  await push(ID);
  const [first, second, ...reports] = asked();
  expect([first, second]).toEqual([page(), page(NEXT)]);
  expect(reports.slice(0, 2).sort()).toEqual(
    [reportOn('payments'), reportOn('web')].sort(),
  );
  expect(reports.slice(2)).toEqual([removal]);
  expect(world.clair.asked('POST', 'index_report')).toEqual([]);
});

it('has nothing read that does not run', async () => {
  await world.run(['payments']);
  notifier({ '': { manifests: [digestOf('web'), 'latest', 7] } });
  await push(ID);
  expect(asked()).toEqual([page(), removal]);
});

it('leaves one that cannot be read to the ordinary rounds, and to Clair', async () => {
  await world.run(['payments']);
  notifier({});
  await push(ID);
  expect(asked()).toEqual([page()]);
  expect(world.health?.state).toBe('ok');
});

it('says so also of a report that could not be read: it waits for its turn', async () => {
  await world.run(['payments']);
  notifier({ '': { manifests: [digestOf('payments')] } });
  const answer = world.clair.misbehave;
  world.clair.misbehave = (request, response) => {
    if (request.path.includes('/vulnerability_report/')) {
      response.writeHead(500).end();
      return true;
    }
    return answer(request, response);
  };
  await push(ID);
  expect(asked()).toEqual([page(), reportOn('payments'), removal]);
  const { evidence, resourceVersion } = world.reportOn('payments')!;
  // The store keeps the scan before, and this beside it.
  expect(evidence.status).toBe('unavailable');
  expect(resourceVersion).toMatch(/^present /);
});

it('does not read for ever', async () => {
  await world.run(['payments']);
  notifier({
    '': { manifests: [], next: NEXT },
    [NEXT]: { manifests: [], next: NEXT },
  });
  await push(ID);
  expect(asked()).toEqual([page(), page(NEXT), removal]);
});

it('reads an endless one to its limit', async () => {
  await world.run(['payments']);
  let count = 0;
  world.clair.misbehave = ({ method, path }, response) => {
    if (!path.startsWith('/notifier/') || method === 'DELETE') {
      return false;
    }
    count += 1;
    const next = `00000000-0000-0000-0000-${String(count).padStart(12, '0')}`;
    response.end(JSON.stringify({ page: { next }, notifications: [] }));
    return true;
  };
  await push(ID);
  expect(count).toBe(40);
});

it('is not kept from its rounds by notifications', async () => {
  await world.run(['payments']);
  notifier({});
  await push(ID, '');
  await world.clock.advance(2 * MINUTE_MS);
  world.contents = [...world.contents, world.content('web')];
  await world.clock.advance(MINUTE_MS);
  expect(world.reportOn('web')?.evidence.status).toBe('present');
});

it('is noticed within a minute when it is down and nothing is due', async () => {
  await world.run(['payments']);
  await world.clock.advance(2 * MINUTE_MS);
  expect(world.health?.state).toBe('ok');
  world.clair.misbehave = (_, response) => {
    response.writeHead(503).end();
    return true;
  };
  await world.clock.advance(MINUTE_MS);
  expect(world.health).toMatchObject({
    state: 'down',
    reason: 'scannerUnavailable',
  });
});
