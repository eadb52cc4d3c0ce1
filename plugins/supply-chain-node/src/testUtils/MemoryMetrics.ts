import {
  MetricAttributes,
  MetricOptions,
  MetricsService,
  MetricsServiceObservableCallback,
} from '@backstage/backend-plugin-api/alpha';

/** One number with what it is about. */
export type MemorySample = { value: number; attributes: MetricAttributes };

/** An instrument as it was asked for. */
export type MemoryInstrument = {
  name: string;
  kind: 'counter' | 'upDownCounter' | 'histogram' | 'gauge';
  options: MetricOptions;
};

type Callback = MetricsServiceObservableCallback;

/**
 * A metrics service that keeps every number, to be read back. An instrument that is created twice fails: meters
 * would add up what both report.
 *
 * @public
 */
export class MemoryMetrics implements MetricsService {
  readonly instruments: MemoryInstrument[] = [];
  readonly #recorded = new Map<string, MemorySample[]>();
  readonly #callbacks = new Map<string, Set<Callback>>();

  createCounter(name: string, options?: MetricOptions) {
    return { add: this.#recorder(name, 'counter', options) };
  }

  createUpDownCounter(name: string, options?: MetricOptions) {
    return { add: this.#recorder(name, 'upDownCounter', options) };
  }

  createHistogram(name: string, options?: MetricOptions) {
    return { record: this.#recorder(name, 'histogram', options) };
  }

  createGauge(name: string, options?: MetricOptions) {
    return { record: this.#recorder(name, 'gauge', options) };
  }

  createObservableCounter(name: string, options?: MetricOptions) {
    return this.#observable(name, 'counter', options);
  }

  createObservableUpDownCounter(name: string, options?: MetricOptions) {
    return this.#observable(name, 'upDownCounter', options);
  }

  createObservableGauge(name: string, options?: MetricOptions) {
    return this.#observable(name, 'gauge', options);
  }

  /** What was recorded so far; for an observable instrument, what it says now. */
  async read(name: string): Promise<MemorySample[]> {
    const samples = [...(this.#recorded.get(name) ?? [])];
    for (const callback of this.#callbacks.get(name) ?? []) {
      await callback({
        observe: (value, attributes = {}) =>
          void samples.push({ value, attributes }),
      });
    }
    return samples;
  }

  #recorder(
    name: string,
    kind: MemoryInstrument['kind'],
    options: MetricOptions = {},
  ) {
    this.#declare({ name, kind, options });
    const samples: MemorySample[] = [];
    this.#recorded.set(name, samples);
    return (value: number, attributes: MetricAttributes = {}) =>
      void samples.push({ value, attributes });
  }

  #observable(
    name: string,
    kind: MemoryInstrument['kind'],
    options: MetricOptions = {},
  ) {
    this.#declare({ name, kind, options });
    const callbacks = new Set<Callback>();
    this.#callbacks.set(name, callbacks);
    return {
      addCallback: (callback: Callback) => void callbacks.add(callback),
      removeCallback: (callback: Callback) => void callbacks.delete(callback),
    };
  }

  #declare(instrument: MemoryInstrument): void {
    if (this.instruments.some(({ name }) => name === instrument.name)) {
      throw new Error(`expected one instrument "${instrument.name}", got two`);
    }
    this.instruments.push(instrument);
  }
}
