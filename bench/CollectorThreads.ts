import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { CollectImagesOptions } from './collectImages';

type Answer = { ok: true } | { ok: false; message: string };

/** Threads that stay, as a portal does, and share out the images of every pass. */
export class CollectorThreads {
  readonly #threads: Worker[];

  /** Starts threads; none has loaded anything before its first pass. */
  static create(count: number): CollectorThreads {
    const file = join(__dirname, 'collectThread.ts');
    return new CollectorThreads(
      Array.from({ length: count }, () => new Worker(file)),
    );
  }

  private constructor(threads: Worker[]) {
    this.#threads = threads;
  }

  /** Loads the code: a pass over nothing. */
  async load(options: CollectImagesOptions): Promise<void> {
    await this.collect({ ...options, images: [] });
  }

  /** Verifies every image once; the time is that until the last thread is done. */
  async collect(options: CollectImagesOptions): Promise<{ elapsedMs: number }> {
    const startedAt = performance.now();
    const answers = await Promise.all(
      this.#threads.map(async (thread, index): Promise<Answer> => {
        const images = options.images.filter(
          (_, position) => position % this.#threads.length === index,
        );
        const answered = once(thread, 'message');
        thread.postMessage({ ...options, images });
        const [answer] = await answered;
        return answer;
      }),
    );
    const elapsedMs = performance.now() - startedAt;
    for (const answer of answers) {
      if (!answer.ok) {
        throw new Error(answer.message);
      }
    }
    return { elapsedMs };
  }

  async stop(): Promise<void> {
    await Promise.all(this.#threads.map(thread => thread.terminate()));
  }
}
