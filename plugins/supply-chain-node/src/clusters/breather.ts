import { setImmediate } from 'node:timers/promises';

/**
 * Lets others run: the returned function gives the event loop away when more than `maxBlockMs` have passed since it
 * last did. Real time on purpose: it limits a real stall, and changes no result.
 *
 * @internal
 */
export function createBreather(maxBlockMs = 20): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since >= maxBlockMs) {
      await setImmediate();
      since = performance.now();
    }
  };
}
