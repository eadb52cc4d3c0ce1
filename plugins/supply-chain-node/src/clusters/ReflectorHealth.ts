import { ClusterReadError, ClusterReadReason } from './ClusterReadError';
import { ObjectProblem } from './ReflectorTarget';

/**
 * How one resource of one cluster can be read.
 *
 * - `degraded`: listed, but some objects, namespaces or the watch are not readable.
 *
 * @public
 */
export type ReflectorHealth =
  | { state: 'ok' }
  | {
      state: 'degraded' | 'down';
      reason: ClusterReadReason;
      message: string;
      nextTryAt?: string;
    };

/**
 * The health of a resource that is listed.
 *
 * @internal
 */
export function healthOf(options: {
  watchFailure: ClusterReadError | undefined;
  /** Why namespaces cannot be read. */
  forbidden: readonly ClusterReadError[];
  problems: readonly ObjectProblem[];
}): ReflectorHealth {
  const { watchFailure, forbidden, problems } = options;
  const [refusal] = forbidden;
  if (watchFailure) {
    return degraded(watchFailure);
  }
  if (refusal) {
    // All of them: whoever grants the rights wants to know.
    const message = forbidden.map(error => error.message).join(', ');
    return degraded({ reason: refusal.reason, message });
  }
  const [problem, ...more] = problems;
  if (!problem) {
    return { state: 'ok' };
  }
  const { reason, message } = problem;
  return degraded({
    reason,
    message: more.length ? `${message} (and ${more.length} more)` : message,
  });
}

function degraded({
  reason,
  message,
}: Pick<ObjectProblem, 'reason' | 'message'>): ReflectorHealth {
  return { state: 'degraded', reason, message };
}
