import { withinTime } from './withinTime';

const untilAborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });

describe('the signal of a task', () => {
  it('aborts as a timeout when the time is over', async () => {
    await expect(
      withinTime({ timeoutMs: 5 }, untilAborted),
    ).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('aborts for the reason of the caller', async () => {
    const caller = new AbortController();
    const waiting = withinTime(
      { timeoutMs: 60_000, signal: caller.signal },
      untilAborted,
    );
    caller.abort(new Error('not needed any more'));
    await expect(waiting).rejects.toThrow('not needed any more');
  });

  it('aborts no more once the task has ended', async () => {
    const caller = new AbortController();
    const signal = await withinTime(
      { timeoutMs: 5, signal: caller.signal },
      async own => own,
    );
    caller.abort();
    await new Promise(resolve => {
      setTimeout(resolve, 20);
    });
    expect(signal.aborted).toBe(false);
  });
});

it('does not begin when the caller has gone', async () => {
  const task = jest.fn();
  await expect(
    withinTime({ timeoutMs: 5, signal: AbortSignal.abort() }, task),
  ).rejects.toMatchObject({ name: 'AbortError' });
  expect(task).not.toHaveBeenCalled();
});
