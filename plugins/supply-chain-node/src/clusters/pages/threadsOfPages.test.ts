import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { ClusterReadError } from '../ClusterReadError';
import {
  bodyOf,
  lateListOf,
  listOf,
  objectNamed,
  reading,
} from './__testUtils__/reading';

// A thread reads the sources anew.
jest.setTimeout(60_000);

/** Ids of the threads that were ended. */
const ended = new Set<number>();

beforeAll(() => {
  const { terminate } = Worker.prototype;
  jest
    .spyOn(Worker.prototype, 'terminate')
    .mockImplementation(async function end(this: Worker) {
      const { threadId } = this;
      const code = await terminate.call(this);
      ended.add(threadId);
      return code;
    });
});

afterAll(() => jest.restoreAllMocks());

async function untilEnded(thread: number | undefined): Promise<void> {
  expect(thread).toEqual(expect.any(Number));
  while (!ended.has(thread as number)) {
    await sleep(1);
  }
}

describe('a thread that fails', () => {
  const tooLarge = (why: string) => ({
    name: 'ClusterReadError',
    reason: 'answerTooLarge',
    message: `the thread that reads the list: ${why}`,
  });

  it('refuses every page it had, and the next one gets another', async () => {
    const { read, threadOf } = reading();
    const first = await threadOf(read(listOf(objectNamed('web'))));
    const pages = [
      read(listOf(objectNamed('web', { misbehave: 'exit' }))),
      read(lateListOf(objectNamed('api'))),
    ];
    const exit = tooLarge('ended with code 7');
    await expect((await pages[0]).items).rejects.toMatchObject(exit);
    await expect(pages[1]).rejects.toMatchObject(exit);
    const second = await threadOf(read(listOf(objectNamed('web'))));
    expect(second).not.toBe(first);
    expect(await threadOf(read(listOf(objectNamed('web'))))).toBe(second);
  });

  it.each(['throwNothingLater', 'exit'])(
    'keeps nobody waiting: %s',
    async misbehave => {
      const { read } = reading();
      const page = await read(listOf(objectNamed('web', { misbehave })));
      await expect(page.items).rejects.toMatchObject({
        reason: 'answerTooLarge',
      });
      expect(await (await read(listOf())).items).toEqual([]);
    },
  );

  it.each([
    ['is of another name', { worker: 'another' }, /ended with code 0/],
    ['does not exist', { file: '/nowhere/worker.js' }, /Cannot find module/],
  ])('fails at once when its file %s', async (_, options, why) => {
    const { read } = reading(options);
    await expect(read(lateListOf())).rejects.toMatchObject({
      reason: 'answerTooLarge',
      message: expect.stringMatching(why),
    });
  });

  it.each([
    ['that cannot be prepared', 'throw', /^Error: cannot prepare$/],
    [
      'whose preparation cannot be handed over',
      'answerWithFunction',
      /^DataCloneError: .* could not be cloned\.$/,
    ],
  ])('is told from an object %s', async (_, misbehave, message) => {
    const { read, threadOf } = reading();
    const first = await threadOf(read(listOf(objectNamed('web'))));
    const text = lateListOf(objectNamed('web', { misbehave }));
    const failure = await read(text).catch(error => error);
    expect(failure).toBeInstanceOf(Error);
    expect(failure).not.toBeInstanceOf(ClusterReadError);
    expect(failure.message).toMatch(message);
    expect(await threadOf(read(listOf(objectNamed('web'))))).toBe(first);
  });

  it('waits for no page that could not be handed to it', async () => {
    const { thread, threadOf, read } = reading({ idleMs: 1 });
    const parse = thread.parser(() => () => undefined);
    await expect(parse(bodyOf(lateListOf()))).rejects.toThrow(
      'could not be cloned',
    );
    await untilEnded(await threadOf(read(listOf(objectNamed('web')))));
  });
});

describe('a thread without work', () => {
  it('ends after a while, and another starts when there is some', async () => {
    const { read, threadOf } = reading({ idleMs: 1 });
    const first = await threadOf(read(listOf(objectNamed('web'))));
    await untilEnded(first);
    const second = await threadOf(read(listOf(objectNamed('web'))));
    expect(second).not.toBe(first);
    await untilEnded(second);
  });

  it('does not end while it reads what came meanwhile', async () => {
    const { read, threadOf } = reading({ idleMs: 100 });
    const first = await threadOf(read(listOf(objectNamed('web'))));
    // Takes longer than the thread may be without work.
    const object = objectNamed('web', { misbehave: 'sleep' });
    expect(await threadOf(read(listOf(object)))).toBe(first);
  });

  it('is not ended when it has failed meanwhile, but the next one is', async () => {
    const { read, threadOf } = reading({ idleMs: 100 });
    const first = await threadOf(read(listOf(objectNamed('web'))));
    await expect(
      read(lateListOf(objectNamed('web', { misbehave: 'exit' }))),
    ).rejects.toMatchObject({ reason: 'answerTooLarge' });
    await sleep(200);
    expect(ended).not.toContain(first);
    await untilEnded(await threadOf(read(listOf(objectNamed('web')))));
  });

  it('holds no process that is otherwise done', async () => {
    const ports = () =>
      process.getActiveResourcesInfo().filter(each => each === 'MessagePort');
    const before = ports();
    const { read, threadOf } = reading({ idleMs: undefined });
    const first = await threadOf(read(listOf(objectNamed('web'))));
    expect(ports()).toEqual(before);
    expect(await threadOf(read(listOf(objectNamed('web'))))).toBe(first);
  });
});
