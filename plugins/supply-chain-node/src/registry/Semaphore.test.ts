import { Semaphore } from './Semaphore';

describe('Semaphore', () => {
  it('passes a permit on in order, also after a failure', async () => {
    const semaphore = new Semaphore(1);
    const order: number[] = [];
    const first = semaphore.run(async () => {
      throw new Error('first failed');
    });
    const rest = [1, 2, 3].map(value =>
      semaphore.run(async () => {
        order.push(value);
      }),
    );
    await expect(first).rejects.toThrow('first failed');
    await Promise.all(rest);
    expect(order).toEqual([1, 2, 3]);
  });

  it('gives a place up when aborted, without losing the permit', async () => {
    const semaphore = new Semaphore(1);
    const controller = new AbortController();
    let finish = () => {};
    const first = semaphore.run(
      () =>
        new Promise<void>(resolve => {
          finish = resolve;
        }),
    );
    const second = semaphore.run(async () => 'second', controller.signal);
    const third = semaphore.run(async () => 'third');
    controller.abort(new Error('gone'));
    await expect(second).rejects.toThrow('gone');
    finish();
    await first;
    expect(await third).toBe('third');
    expect(await semaphore.run(async () => 'fourth')).toBe('fourth');
  });
});
