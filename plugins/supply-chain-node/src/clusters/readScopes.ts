import { ClusterReadError } from './ClusterReadError';
import { Scope } from './ResourceReader';

/**
 * Reads one scope after the other. One that is forbidden keeps no other from being read; it is returned with its error.
 * Throws when all of them are.
 *
 * @internal
 */
export async function readScopes(
  scopes: readonly Scope[],
  read: (scope: Scope) => Promise<void>,
): Promise<Map<Scope, ClusterReadError>> {
  const forbidden = new Map<Scope, ClusterReadError>();
  for (const scope of scopes) {
    try {
      await read(scope);
    } catch (error) {
      if (!isForbidden(error)) {
        throw error;
      }
      forbidden.set(scope, error);
    }
  }
  if (forbidden.size === scopes.length) {
    throw combined([...forbidden.values()]);
  }
  return forbidden;
}

function isForbidden(error: unknown): error is ClusterReadError {
  return (
    error instanceof ClusterReadError && error.reason === 'clusterForbidden'
  );
}

/** Whoever grants the missing rights wants all of them. */
function combined(errors: ClusterReadError[]): ClusterReadError {
  const [first] = errors;
  const messages = [...new Set(errors.map(({ message }) => message))];
  return new ClusterReadError(first.reason, messages.join(', '), {
    status: first.status,
    cause: first,
  });
}
