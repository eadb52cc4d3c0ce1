import { SourceWriter } from '../feeds';
import { MemoryFeedSink } from '../testUtils';
import { SharedWriter } from './SharedWriter';

type Item = { uid: string; resourceVersion: string };

let sink: MemoryFeedSink<Item>;
let writer: SourceWriter<Item>;
let stop: () => void;
let held: Promise<void>;

const item = (uid: string, resourceVersion = '1') => ({ uid, resourceVersion });
const keys = () =>
  sink
    .source('a')
    .items.map(({ uid }) => uid)
    .sort();

beforeEach(async () => {
  sink = new MemoryFeedSink();
  const controller = new AbortController();
  stop = () => controller.abort();
  await new Promise<void>(ready => {
    held = sink.whileHolding(
      { source: 'a', signal: controller.signal },
      async ({ writer: given, signal }) => {
        writer = given;
        ready();
        await new Promise(resolve => signal.addEventListener('abort', resolve));
      },
    );
  });
});

afterEach(async () => {
  stop();
  await held;
});

async function fullSync(
  part: SourceWriter<Item>,
  items: Item[],
  resourceVersion: string,
) {
  await part.beginFullSync();
  await part.upsert(items);
  await part.completeFullSync({ resourceVersion });
}

it('lets a full sync remove what is gone of its own part only', async () => {
  const shared = await SharedWriter.create(writer);
  const [one, two] = [shared.part('one'), shared.part('two')];
  await fullSync(one, [item('x'), item('y')], '10');
  await fullSync(two, [item('x')], '20');
  expect(keys()).toEqual(['one/x', 'one/y', 'two/x']);
  await fullSync(one, [item('y')], '11');
  expect(keys()).toEqual(['one/y', 'two/x']);
  expect(sink.source('a').fullSyncs).toBe(3);
});

it('keeps what a sync has touched, and tells each part its own versions', async () => {
  const shared = await SharedWriter.create(writer);
  const [one, two] = [shared.part('one'), shared.part('two')];
  await fullSync(one, [item('x', '7'), item('y')], '10');
  await fullSync(two, [item('x', '9')], '20');
  await one.beginFullSync();
  await one.touch(['x']);
  await one.remove(['y']);
  await one.completeFullSync({ resourceVersion: '12' });
  expect(await one.knownVersions()).toEqual(new Map([['x', '7']]));
  expect(await two.knownVersions()).toEqual(new Map([['x', '9']]));
});

it('loses nothing when two parts end their syncs at once', async () => {
  const shared = await SharedWriter.create(writer);
  const [one, two] = [shared.part('one'), shared.part('two')];
  await Promise.all([
    fullSync(one, [item('x')], '10'),
    fullSync(two, [item('x')], '20'),
  ]);
  expect(keys()).toEqual(['one/x', 'two/x']);
});

it('loses nothing of a write that is under way when another part ends its sync', async () => {
  let land = () => {};
  const landing = new Promise<void>(resolve => {
    land = resolve;
  });
  let seen = new Set<string>();
  // As a database does: marked as seen when it is handed over, there when the transaction ends.
  const slow: SourceWriter<Item> = {
    ...writer,
    beginFullSync: async () => {
      seen = new Set();
    },
    touch: async uids => uids.forEach(uid => seen.add(uid)),
    upsert: async items => {
      items.forEach(({ uid }) => seen.add(uid));
      await landing;
      await writer.upsert(items);
    },
    completeFullSync: async () => {
      land();
      await new Promise(resolve => setImmediate(resolve));
      await writer.remove(keys().filter(uid => !seen.has(uid)));
    },
  };
  const shared = await SharedWriter.create(slow);
  const [one, two] = [shared.part('one'), shared.part('two')];
  const written = one.upsert([item('x')]);
  await two.beginFullSync();
  const completed = two.completeFullSync({ resourceVersion: '20' });
  setImmediate(land);
  await Promise.all([written, completed]);
  expect(keys()).toEqual(['one/x']);
});

it('lets each part go on from where it left off', async () => {
  const first = await SharedWriter.create(writer);
  await fullSync(first.part('one'), [item('x')], '10@key');
  await first.part('two').saveResumePoint({ resourceVersion: '20@key' });
  const second = await SharedWriter.create(writer);
  expect(await second.part('one').resumePoint()).toEqual({
    resourceVersion: '10@key',
  });
  expect(await second.part('two').resumePoint()).toEqual({
    resourceVersion: '20@key',
  });
  expect(await second.part('three').resumePoint()).toBeUndefined();
});

it.each(['123@pods', '[1]', '{"one":1}', '{'])(
  'reads everything anew after a point it did not write: %s',
  async resourceVersion => {
    await writer.saveResumePoint({ resourceVersion });
    const shared = await SharedWriter.create(writer);
    expect(await shared.part('one').resumePoint()).toBeUndefined();
  },
);

it('forgets a part that is no longer there, and nothing else', async () => {
  const shared = await SharedWriter.create(writer);
  const [one, two] = [shared.part('one'), shared.part('two')];
  await fullSync(one, [item('x')], '10');
  await fullSync(two, [item('x')], '20');
  await one.clear();
  expect(keys()).toEqual(['two/x']);
  const again = await SharedWriter.create(writer);
  expect(await again.part('one').resumePoint()).toBeUndefined();
  expect(await again.part('two').resumePoint()).toEqual({
    resourceVersion: '20',
  });
});

it('hands on that the lease was lost, and still serves the next holder', async () => {
  const shared = await SharedWriter.create(writer);
  const one = shared.part('one');
  await one.beginFullSync();
  sink.revoke('a');
  await expect(one.completeFullSync({ resourceVersion: '1' })).rejects.toThrow(
    'lease',
  );
  await expect(one.clear()).rejects.toThrow('lease');
});
