import { parentPort, workerData } from 'node:worker_threads';

/** What a thread is started with. */
export type TaskWorkerData = { worker: string };

/** A body as it came, and what is to be known about it. */
export type TaskOrder<C> = { id: number; body: Uint8Array; context: C };

/**
 * Options of {@link serveTasks}.
 *
 * @public
 */
export type ServeTasksOptions<C, A> = {
  worker: string;
  answer(body: Buffer, context: C): A | Promise<A>;
  /** The answer where there is none; anything can be thrown. */
  failure(error: unknown): A;
};

/**
 * Makes the file that calls it one to start a {@link TaskThread} from: in a thread of that name, and nowhere else, it
 * answers tasks.
 *
 * @public
 */
export function serveTasks<C, A extends object>(
  options: ServeTasksOptions<C, A>,
): void {
  const port = parentPort;
  const { worker, answer, failure } = options;
  if (!port || (workerData as TaskWorkerData | null)?.worker !== worker) {
    return;
  }
  port.on('message', async ({ id, body, context }: TaskOrder<C>) => {
    try {
      const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
      port.postMessage({ id, ...(await answer(bytes, context)) });
    } catch (error) {
      port.postMessage({ id, ...failure(error) });
    }
  });
}
