import { useEffect, useRef } from 'react';
import { useSignal } from '@backstage/plugin-signals-react';

/** The channel on which the backend says "changed", and nothing else (L33). */
export const SIGNAL_CHANNEL = 'supply-chain';

/** Without signals the pages ask by themselves. */
export const POLL_INTERVAL_MS = 15_000;

/** With signals too, should one be lost. */
export const SAFETY_POLL_INTERVAL_MS = 120_000;

/** A change between the first answer and the subscription is announced to nobody. */
export const SECOND_LOOK_MS = 3_000;

/** Many changes in a row make one question. */
const SIGNAL_SPACING_MS = 1_000;

/**
 * Asks again, with the user's own rights, whenever something changed. The connection for signals may be
 * up seconds after the page, so signals count as working only once one has arrived here.
 */
export function useLiveReload(reload: () => void): void {
  const { lastSignal } = useSignal(SIGNAL_CHANNEL);
  const waiting = useRef<ReturnType<typeof setTimeout>>();
  const signalsWork = lastSignal !== null;

  useEffect(() => {
    if (lastSignal && !waiting.current) {
      waiting.current = setTimeout(() => {
        waiting.current = undefined;
        reload();
      }, SIGNAL_SPACING_MS);
    }
  }, [lastSignal, reload]);

  useEffect(
    () => () => {
      clearTimeout(waiting.current);
      waiting.current = undefined;
    },
    [reload],
  );

  useEffect(() => {
    const timer = setTimeout(reload, SECOND_LOOK_MS);
    return () => clearTimeout(timer);
  }, [reload]);

  useEffect(() => {
    const poll = () => {
      if (document.visibilityState !== 'hidden') {
        reload();
      }
    };
    const timer = setInterval(
      poll,
      signalsWork ? SAFETY_POLL_INTERVAL_MS : POLL_INTERVAL_MS,
    );
    return () => clearInterval(timer);
  }, [signalsWork, reload]);
}
