/**
 * What a question to the backend has come to; components switch on `status`.
 */
export type RemoteState<T> =
  | { status: 'loading' }
  | { status: 'denied'; permission: string }
  | { status: 'missing' }
  | { status: 'error'; error: Error; reload: () => void }
  | {
      status: 'ready';
      value: T;
      /** A newer answer is under way; this one is the last. */
      refreshing: boolean;
      /** Why the last attempt to load a newer answer failed. */
      failure?: Error;
      reload: () => void;
    };

/**
 * The same state over a part of the value, or over something computed from it.
 */
export function mapRemote<T, U>(
  state: RemoteState<T>,
  change: (value: T) => U,
): RemoteState<U> {
  return state.status === 'ready'
    ? { ...state, value: change(state.value) }
    : state;
}
