/** Runs a task for every item, so many at once, and tells how long all of it took. */
export async function inParallel<T>(options: {
  items: readonly T[];
  atOnce: number;
  task: (item: T) => Promise<void>;
}): Promise<{ elapsedMs: number }> {
  const { items, atOnce, task } = options;
  const queue = items.values();
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const item of queue) {
        await task(item);
      }
    }),
  );
  return { elapsedMs: performance.now() - startedAt };
}
