import { useCallback, useEffect, useRef, useState } from 'react';
import { ResponseError, toError } from '@backstage/errors';

/** What came of something that was sent. */
export type Sending =
  | { status: 'idle' }
  | { status: 'sending' }
  | {
      status: 'failed';
      error: Error;
      /** Reason code of the refusal, if the backend gave one. */
      reason?: string;
    };

function reasonOf(error: Error): string | undefined {
  if (!ResponseError.is(error)) {
    return undefined;
  }
  const { reason } = error.body.error as { reason?: unknown };
  return typeof reason === 'string' ? reason : undefined;
}

/**
 * The message of the backend itself, not that of the transport around it.
 */
function toldBy(error: Error): Error {
  return ResponseError.is(error) && error.body.error.message
    ? new Error(error.body.error.message)
    : error;
}

/**
 * Sends something once at a time and tells what came of it.
 */
export function useSending<Input>(options: {
  send: (input: Input) => Promise<unknown>;
  onSent: () => void;
}): { state: Sending; send: (input: Input) => void } {
  const latest = useRef(options);
  latest.current = options;
  const mounted = useRef(true);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);
  const [state, setState] = useState<Sending>({ status: 'idle' });
  const send = useCallback((input: Input) => {
    setState({ status: 'sending' });
    latest.current.send(input).then(
      () => {
        if (mounted.current) {
          setState({ status: 'idle' });
        }
        latest.current.onSent();
      },
      failure => {
        const error = toError(failure);
        if (mounted.current) {
          setState({
            status: 'failed',
            error: toldBy(error),
            reason: reasonOf(error),
          });
        }
      },
    );
  }, []);
  return { state, send };
}
