/** Labels of one time series, for instance `{ outcome: 'deny' }`. */
export type MetricLabels = Readonly<Record<string, string>>;

type Series = { labels: MetricLabels; lines(name: string): string[] };

type Family = {
  type: 'counter' | 'gauge' | 'histogram';
  help: string;
  series(): Series[];
};

/** A number that only grows. */
export type Counter = { add(labels?: MetricLabels, by?: number): void };

/** Times in seconds, counted in buckets. */
export type Histogram = {
  observe(seconds: number, labels?: MetricLabels): void;
};

/**
 * The metrics of one process in the text format of Prometheus.
 * https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
 */
export class Metrics {
  readonly #families = new Map<string, Family>();

  static create(): Metrics {
    return new Metrics();
  }

  counter(name: string, help: string): Counter {
    const values = new Map<string, { labels: MetricLabels; value: number }>();
    this.#families.set(name, {
      type: 'counter',
      help,
      series: () =>
        [...values.values()].map(({ labels, value }) => ({
          labels,
          lines: () => [sample(name, labels, value)],
        })),
    });
    return {
      add: (labels = {}, by = 1) => {
        const key = labelsText(labels);
        const value = (values.get(key)?.value ?? 0) + by;
        values.set(key, { labels, value });
      },
    };
  }

  /** Read when somebody asks; `undefined` leaves the series out. */
  gauge(name: string, help: string, read: () => number | undefined): void {
    this.#families.set(name, {
      type: 'gauge',
      help,
      series: () => {
        const value = read();
        return value === undefined
          ? []
          : [{ labels: {}, lines: () => [sample(name, {}, value)] }];
      },
    });
  }

  histogram(name: string, help: string, bounds: readonly number[]): Histogram {
    const all = new Map<string, Distribution>();
    this.#families.set(name, {
      type: 'histogram',
      help,
      series: () =>
        [...all.values()].map(each => ({
          labels: each.labels,
          lines: () => distributionLines(name, each, bounds),
        })),
    });
    return {
      observe: (seconds, labels = {}) => {
        const key = labelsText(labels);
        const known = all.get(key) ?? {
          labels,
          counts: bounds.map(() => 0),
          count: 0,
          sum: 0,
        };
        all.set(key, known);
        known.count += 1;
        known.sum += seconds;
        bounds.forEach((bound, index) => {
          known.counts[index] += seconds <= bound ? 1 : 0;
        });
      },
    };
  }

  /** Everything, as it is now. */
  render(): string {
    return [...this.#families.entries()]
      .flatMap(([name, { type, help, series }]) => [
        `# HELP ${name} ${help.replace(/\\/g, '\\\\').replace(/\n/g, '\\n')}`,
        `# TYPE ${name} ${type}`,
        ...series().flatMap(each => each.lines(name)),
      ])
      .map(line => `${line}\n`)
      .join('');
  }
}

type Distribution = {
  labels: MetricLabels;
  counts: number[];
  count: number;
  sum: number;
};

function distributionLines(
  name: string,
  { labels, counts, count, sum }: Distribution,
  bounds: readonly number[],
): string[] {
  return [
    ...bounds.map((bound, index) =>
      sample(`${name}_bucket`, { ...labels, le: String(bound) }, counts[index]),
    ),
    sample(`${name}_bucket`, { ...labels, le: '+Inf' }, count),
    sample(`${name}_sum`, labels, sum),
    sample(`${name}_count`, labels, count),
  ];
}

function sample(name: string, labels: MetricLabels, value: number): string {
  return `${name}${labelsText(labels)} ${value}`;
}

function labelsText(labels: MetricLabels): string {
  const parts = Object.entries(labels).map(
    ([key, value]) =>
      `${key}="${value
        .replace(/\\/g, '\\\\')
        .replace(/"/g, '\\"')
        .replace(/\n/g, '\\n')}"`,
  );
  return parts.length > 0 ? `{${parts.join(',')}}` : '';
}
