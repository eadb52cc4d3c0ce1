import { useEffect, useState } from 'react';

const REFRESH_INTERVAL_MS = 30_000;

/**
 * The present moment, moved on every half minute so that ages on the page stay true.
 */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), REFRESH_INTERVAL_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
