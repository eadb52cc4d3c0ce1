/** Arguments of {@link withinTime}. */
export interface WithinTimeOptions {
  timeoutMs: number;
  /** The caller's; aborts the task too. */
  signal?: AbortSignal;
}

/**
 * Runs a task with a signal that aborts when the time is over, with a `TimeoutError` as `AbortSignal.timeout` does, or
 * when the caller's does.
 *
 * Both end with the task. Signals that are combined stay with each other until they are collected as garbage, and there
 * is one for every call to a registry.
 */
export async function withinTime<T>(
  { timeoutMs, signal }: WithinTimeOptions,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  const leave = () => controller.abort(signal?.reason);
  const timer = setTimeout(
    () => controller.abort(new DOMException('time is over', 'TimeoutError')),
    timeoutMs,
  );
  signal?.addEventListener('abort', leave);
  try {
    return await task(controller.signal);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', leave);
  }
}
