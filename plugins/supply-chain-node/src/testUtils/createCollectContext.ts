import type { CollectContext } from '../feeds';

/**
 * A context for one run of a collector, as the engine makes it; quiet, without trust roots, with state that lasts as
 * long as the context.
 *
 * @public
 */
export function createCollectContext(
  overrides: Partial<CollectContext> = {},
): CollectContext {
  const state = new Map<string, string>();
  const quiet = () => {};
  return {
    signal: new AbortController().signal,
    logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    now: new Date('2026-11-23T12:00:00Z'),
    imageRefs: [],
    trustRoots: [],
    state: {
      get: async key => state.get(key),
      set: async (key, value) => {
        state.set(key, value);
      },
    },
    fresh: true,
    ...overrides,
  };
}
