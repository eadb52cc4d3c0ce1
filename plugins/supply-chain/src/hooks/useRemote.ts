import { useCallback, useEffect, useReducer, useRef } from 'react';
import { ResponseError, toError } from '@backstage/errors';
import { RemoteState } from '../ui/remoteState';

/** Options of {@link useRemote}. */
export type RemoteOptions<T> = {
  /** What the answer is about. Another scope forgets the old answer at once. */
  scope: string;
  /** The question. Another key within a scope keeps the old answer, marked, until the new one is there. */
  key: string;
  load: () => Promise<T>;
  /** Named when the backend refuses. */
  permission: string;
  /** Whether to ask at all. @defaultValue true */
  enabled?: boolean;
};

type Answer<T> =
  | { type: 'none' }
  | { type: 'value'; value: T }
  | { type: 'denied' }
  | { type: 'missing' }
  | { type: 'error'; error: Error };

type Memory<T> = {
  scope: string;
  answer: Answer<T>;
  busy: boolean;
  failure?: Error;
};

type Event<T> =
  | { type: 'started'; scope: string }
  | { type: 'loaded'; scope: string; value: T }
  | { type: 'failed'; scope: string; error: Error };

function statusOf(error: Error): number | undefined {
  return ResponseError.is(error) ? error.response.status : undefined;
}

function afterFailure<T>(memory: Memory<T>, error: Error): Memory<T> {
  const { scope, answer } = memory;
  // What may no longer be seen is taken away at once, also when it was seen before (L33).
  switch (statusOf(error)) {
    case 403:
      return { scope, busy: false, answer: { type: 'denied' } };
    case 404:
      return { scope, busy: false, answer: { type: 'missing' } };
    default:
      return answer.type === 'value'
        ? { scope, busy: false, answer, failure: error }
        : { scope, busy: false, answer: { type: 'error', error } };
  }
}

function reduce<T>(memory: Memory<T>, event: Event<T>): Memory<T> {
  const { scope } = event;
  const current: Memory<T> =
    memory.scope === scope
      ? memory
      : { scope, answer: { type: 'none' }, busy: false };
  switch (event.type) {
    case 'started':
      return { ...current, busy: true };
    case 'loaded':
      return {
        scope,
        busy: false,
        answer: { type: 'value', value: event.value },
      };
    case 'failed':
      return afterFailure(current, event.error);
    default:
      throw new TypeError(`Unknown event '${(event as Event<T>).type}'`);
  }
}

function toState<T>(
  memory: Memory<T>,
  permission: string,
  reload: () => void,
): RemoteState<T> {
  const { answer, busy, failure } = memory;
  switch (answer.type) {
    case 'none':
      return { status: 'loading' };
    case 'denied':
      return { status: 'denied', permission };
    case 'missing':
      return { status: 'missing' };
    case 'error':
      return { status: 'error', error: answer.error, reload };
    case 'value':
      return {
        status: 'ready',
        value: answer.value,
        refreshing: busy,
        failure,
        reload,
      };
    default:
      throw new TypeError(`Unknown answer '${(answer as Answer<T>).type}'`);
  }
}

/**
 * Asks the backend and keeps what it said. A newer question makes the answer to an older one void.
 */
export function useRemote<T>(
  options: RemoteOptions<T>,
): RemoteState<T> & { reload: () => void } {
  const { scope, key, permission, enabled = true } = options;
  const loadRef = useRef(options.load);
  loadRef.current = options.load;
  const enabledRef = useRef(enabled);
  enabledRef.current = enabled;
  const sequence = useRef(0);
  const [memory, dispatch] = useReducer(
    reduce as (memory: Memory<T>, event: Event<T>) => Memory<T>,
    { scope, answer: { type: 'none' }, busy: false },
  );

  const reload = useCallback(() => {
    if (!enabledRef.current) {
      return;
    }
    sequence.current += 1;
    const ticket = sequence.current;
    const ifCurrent = (event: Event<T>) => {
      if (ticket === sequence.current) {
        dispatch(event);
      }
    };
    dispatch({ type: 'started', scope });
    loadRef.current().then(
      value => ifCurrent({ type: 'loaded', scope, value }),
      error => ifCurrent({ type: 'failed', scope, error: toError(error) }),
    );
  }, [scope]);

  useEffect(() => {
    reload();
    return () => {
      sequence.current += 1;
    };
  }, [enabled, key, reload]);

  const current: Memory<T> =
    memory.scope === scope
      ? memory
      : { scope, answer: { type: 'none' }, busy: false };
  return { ...toState(current, permission, reload), reload };
}
