import { Metrics } from './Metrics';

describe('Metrics', () => {
  it('writes what Prometheus reads', () => {
    const metrics = Metrics.create();
    const reviews = metrics.counter('reviews_total', 'Reviews, by\nline \\ .');
    reviews.add({ decision: 'deny' });
    reviews.add({ decision: 'deny' });
    reviews.add({ decision: 'allow', reason: 'a"b\\c\nd' }, 3);
    metrics.gauge('ready', 'Ready.', () => 1);
    metrics.gauge('absent', 'Nothing to say.', () => undefined);
    const seconds = metrics.histogram('seconds', 'Time.', [0.1, 1]);
    seconds.observe(0.05);
    seconds.observe(0.1);
    seconds.observe(7);
    seconds.observe(0.5, { endpoint: 'x' });
    expect(metrics.render())
      .toBe(`# HELP reviews_total Reviews, by\\nline \\\\ .
# TYPE reviews_total counter
reviews_total{decision="deny"} 2
reviews_total{decision="allow",reason="a\\"b\\\\c\\nd"} 3
# HELP ready Ready.
# TYPE ready gauge
ready 1
# HELP absent Nothing to say.
# TYPE absent gauge
# HELP seconds Time.
# TYPE seconds histogram
seconds_bucket{le="0.1"} 2
seconds_bucket{le="1"} 2
seconds_bucket{le="+Inf"} 3
seconds_sum 7.15
seconds_count 3
seconds_bucket{endpoint="x",le="0.1"} 0
seconds_bucket{endpoint="x",le="1"} 1
seconds_bucket{endpoint="x",le="+Inf"} 1
seconds_sum{endpoint="x"} 0.5
seconds_count{endpoint="x"} 1
`);
  });
});
