import { LookQueue } from './LookQueue';

function task() {
  let end: (value: string) => void = () => undefined;
  let started = 0;
  const promise = new Promise<string>(resolve => {
    end = resolve;
  });
  return {
    run: () => {
      started += 1;
      return promise;
    },
    end: (value: string) => end(value),
    get started() {
      return started;
    },
  };
}

describe('LookQueue', () => {
  it('runs some, lets some wait in their order, and takes no more', async () => {
    const queue = LookQueue.create({ running: 1, waiting: 1 });
    const [first, second] = [task(), task()];
    const one = queue.run(first.run);
    const two = queue.run(second.run);
    expect(queue.run(task().run)).toBeUndefined();
    expect([queue.running, queue.waiting]).toEqual([1, 1]);
    expect(second.started).toBe(0);
    first.end('a');
    expect(await one).toBe('a');
    second.end('b');
    expect(await two).toBe('b');
    expect([queue.running, queue.waiting]).toEqual([0, 0]);
  });

  it('goes on after one that fails', async () => {
    const queue = LookQueue.create({ running: 1, waiting: 1 });
    const failing = queue.run(async () => {
      throw new Error('broken');
    });
    const next = queue.run(async () => 'fine');
    await expect(failing).rejects.toThrow('broken');
    await expect(next).resolves.toBe('fine');
  });
});
