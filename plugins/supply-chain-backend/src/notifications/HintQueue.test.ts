import { mockServices } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/testDatabases';
import { DatabaseHintStore } from '../database/DatabaseHintStore';
import { HintStore } from '../stores/HintStore';
import { HintQueue } from './HintQueue';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const east = { feed: 'trivy', source: 'east' };
const west = { feed: 'trivy', source: 'west' };

describe.each(databases.eachSupportedId())('HintQueue on %s', id => {
  let knex: Knex;
  let store: HintStore;
  let end: AbortController;
  let running: Promise<void>[];

  beforeEach(async () => {
    knex = await openTestDatabase(databases, id);
    store = DatabaseHintStore.create({ knex });
    end = new AbortController();
    running = [];
  });

  afterEach(async () => {
    end.abort();
    await Promise.all(running);
  });

  const replica = (options: { isUsed?: boolean; store?: HintStore } = {}) => {
    const queue = HintQueue.create({
      store,
      logger: mockServices.logger.mock(),
      isUsed: true,
      collectMs: 1,
      pollIntervalMs: 20,
      ...options,
    });
    running.push(queue.run(end.signal));
    return queue;
  };
  const rows = () => knex('source_hints').select('source', 'hint');

  it('takes a hint to whoever holds the source, on any replica', async () => {
    const holder = replica().hintsOf(east, end.signal);
    const taken = holder.take(end.signal);
    replica().put([
      { ...east, hint: 'a' },
      { ...west, hint: 'b' },
    ]);
    expect(await taken).toEqual(['a']);
    expect(await rows()).toEqual([{ source: 'west', hint: 'b' }]);
  });

  it('hands each out once, however often it comes', async () => {
    const queue = replica();
    for (let count = 0; count < 100; count += 1) {
      queue.put([{ ...east, hint: 'a' }]);
    }
    expect(await queue.hintsOf(east, end.signal).take(end.signal)).toEqual([
      'a',
    ]);
    expect(await rows()).toEqual([]);
  });

  it('makes one of too many', async () => {
    const queue = replica();
    const hints = Array.from({ length: 10_000 }, (_, at) => `o/${at}`);
    queue.put(hints.map(hint => ({ ...east, hint })));
    const [hint, ...others] = await queue
      .hintsOf(east, end.signal)
      .take(end.signal);
    // What came before there were too many counts with the rest; the last ones stand for themselves.
    expect(hint).toBe('');
    expect(others.length).toBeLessThanOrEqual(200);
    await store.put(hints.slice(0, 150).map(each => ({ ...east, hint: each })));
    await store.put(
      hints.slice(150, 201).map(each => ({ ...east, hint: each })),
    );
    expect(await store.take(east)).toEqual(['']);
  });

  it('forgets what nobody takes', async () => {
    await store.put([{ ...west, hint: 'old' }]);
    await knex('source_hints').update({
      received_at: '2000-01-01T00:00:00.000Z',
    });
    await store.put([{ ...east, hint: 'new' }]);
    expect(await rows()).toEqual([{ source: 'east', hint: 'new' }]);
  });

  it('ends a wait with its signal, and follows a source no longer than its feed', async () => {
    const queue = replica();
    expect(queue.follows(east)).toBe(false);
    const feed = new AbortController();
    const hints = queue.hintsOf(east, feed.signal);
    expect(queue.follows(east)).toBe(true);
    const lease = new AbortController();
    const taken = hints.take(lease.signal);
    lease.abort();
    expect(await taken).toEqual([]);
    feed.abort();
    expect(queue.follows(east)).toBe(false);
  });

  it('asks nothing where nothing can be pushed', async () => {
    const unused = { ...store, take: jest.fn(), sources: jest.fn() };
    const queue = replica({ isUsed: false, store: unused });
    const taken = queue.hintsOf(east, end.signal).take(end.signal);
    await Promise.all(running);
    end.abort();
    expect(await taken).toEqual([]);
    expect(unused.take).not.toHaveBeenCalled();
    expect(unused.sources).not.toHaveBeenCalled();
  });

  it('goes on when the database fails for a while', async () => {
    let broken = true;
    const orElse = <T>(work: () => Promise<T>) =>
      broken ? Promise.reject(new Error('away')) : work();
    const queue = replica({
      store: {
        put: hints => orElse(() => store.put(hints)),
        sources: () => orElse(() => store.sources()),
        take: source => orElse(() => store.take(source)),
      },
    });
    const taken = queue.hintsOf(east, end.signal).take(end.signal);
    queue.put([{ ...east, hint: 'lost' }]);
    await new Promise(resolve => setTimeout(resolve, 50));
    broken = false;
    queue.put([{ ...east, hint: 'kept' }]);
    expect(await taken).toEqual(['kept']);
  });
});
