import { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { portalGauges } from './portalGauges';
import { PortalState } from './readPortalState';

/** One collection asks every gauge; they share what was read within this time. */
const SHARED_FOR_MS = 5_000;

/** Options of {@link observePortalState}. */
export type ObservePortalStateOptions = {
  metrics: MetricsService;
  read: () => Promise<PortalState>;
  now: () => Date;
};

/**
 * Reports the state of the portal whenever metrics are collected; where nobody collects them, nothing is read. Returns
 * what ends it.
 */
export function observePortalState(
  options: ObservePortalStateOptions,
): () => void {
  const { metrics, now } = options;
  const read = shared(options);
  const stops = portalGauges.map(({ name, samplesOf, ...instrument }) => {
    const gauge = metrics.createObservableGauge(name, instrument);
    const callback: Parameters<typeof gauge.addCallback>[0] = async result => {
      const samples = samplesOf(await read(), now());
      samples.forEach(([value, attributes]) =>
        result.observe(value, attributes),
      );
    };
    gauge.addCallback(callback);
    return () => gauge.removeCallback(callback);
  });
  return () => stops.forEach(stop => stop());
}

function shared(
  options: Pick<ObservePortalStateOptions, 'read' | 'now'>,
): () => Promise<PortalState> {
  const { read, now } = options;
  let last: { state: Promise<PortalState>; until: number } | undefined;
  return () => {
    const instant = now().getTime();
    if (!last || last.until <= instant) {
      const state = read();
      last = { state, until: instant + SHARED_FOR_MS };
      // What could not be read is no state to share.
      state.catch(() => {
        last = undefined;
      });
    }
    return last.state;
  };
}
