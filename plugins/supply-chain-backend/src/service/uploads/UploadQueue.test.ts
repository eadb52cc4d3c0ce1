import { TooManyRequestsError } from '../PrincipalRateLimit';
import { UploadQueue } from './UploadQueue';

const nobodyLeaves = new AbortController().signal;

/** Tasks that end when they are told to. */
function world(options: Parameters<typeof UploadQueue.create>[0] = {}) {
  const queue = UploadQueue.create({ atOnce: 2, ...options });
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const run = (name: string, gone = nobodyLeaves) =>
    queue.run(
      () =>
        new Promise<string>(resolve => {
          begun.push(name);
          ends.set(name, () => resolve(name));
        }),
      gone,
    );
  return { run, begun, end: (name: string) => ends.get(name)!() };
}

describe('UploadQueue', () => {
  it('lets two in at once and the others after them, in order', async () => {
    const { run, begun, end } = world();
    const results = ['a', 'b', 'c', 'd'].map(name => run(name));
    await Promise.resolve();
    expect(begun).toEqual(['a', 'b']);
    end('b');
    expect(await results[1]).toBe('b');
    expect(begun).toEqual(['a', 'b', 'c']);
    end('a');
    expect(await results[0]).toBe('a');
    expect(begun).toEqual(['a', 'b', 'c', 'd']);
  });

  it('sends away who would have to wait behind too many, and says when to come again', async () => {
    const { run, begun, end } = world({ maximumWaiting: 1 });
    const results = ['a', 'b', 'c'].map(name => run(name));
    await expect(run('d')).rejects.toMatchObject({
      statusCode: 429,
      retryAfterSeconds: 10,
    });
    end('a');
    await results[0];
    const last = run('e');
    end('b');
    end('c');
    await Promise.all([results[1], results[2]]);
    end('e');
    expect(await last).toBe('e');
    expect(begun).toEqual(['a', 'b', 'c', 'e']);
  });

  it('sends away whose turn does not come in time', async () => {
    const { run, begun } = world({ atOnce: 1, maximumWaitMs: 1 });
    void run('a');
    await expect(run('b')).rejects.toBeInstanceOf(TooManyRequestsError);
    expect(begun).toEqual(['a']);
  });

  it('gives the place of who goes away to the next one', async () => {
    const { run, begun, end } = world({ atOnce: 1, maximumWaiting: 1 });
    const first = run('a');
    const caller = new AbortController();
    const leaving = run('b', caller.signal);
    caller.abort(new Error('gone'));
    await expect(leaving).rejects.toThrow('gone');
    const second = run('c');
    end('a');
    await first;
    end('c');
    expect(await second).toBe('c');
    expect(begun).toEqual(['a', 'c']);
  });

  it('frees the place of a task that fails', async () => {
    const queue = UploadQueue.create({ atOnce: 1, maximumWaiting: 0 });
    const failing = async () => {
      throw new Error('malformed');
    };
    await expect(queue.run(failing, nobodyLeaves)).rejects.toThrow('malformed');
    expect(await queue.run(async () => 'next', nobodyLeaves)).toBe('next');
  });
});
