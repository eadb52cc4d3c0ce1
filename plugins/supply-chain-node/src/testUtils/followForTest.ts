import { ClusterTransport } from '../clusters/ClusterTransport';
import { ReflectorTiming } from '../clusters/reflectorTiming';
import { createDirectTransport } from './createDirectTransport';

/** As quick as a test wants it. */
const TIMING: Partial<ReflectorTiming> = {
  stableMs: 1,
  reopenMs: 1,
  firstBackoffMs: 1,
  maxBackoffMs: 10,
  saveEveryMs: 0,
};

/** Options of {@link followForTest}. */
export type FollowForTestOptions<S> = {
  /** Makes the feed. */
  create: (options: {
    transport: ClusterTransport;
    selection: { namespaces?: string[] };
    timing: Partial<ReflectorTiming>;
  }) => { run: (sink: S, options: { signal: AbortSignal }) => Promise<void> };
  sink: S;
  /** Addresses of API servers by the name of their cluster. */
  clusters: Record<string, string>;
  namespaces?: string[];
  /** Clusters that only a user may read. */
  needsUser?: string[];
};

/**
 * Runs a feed that follows clusters, without any pauses.
 *
 * @returns what stops it
 */
export function followForTest<S>(
  options: FollowForTestOptions<S>,
): () => Promise<void> {
  const { create, sink, clusters, namespaces, needsUser } = options;
  const controller = new AbortController();
  const running = create({
    transport: createDirectTransport(clusters, { needsUser }),
    selection: { namespaces },
    timing: TIMING,
  }).run(sink, { signal: controller.signal });
  return async () => {
    controller.abort();
    await running;
  };
}
