import { SourceHealthRow } from '../../database/tables';
import { sourceProblems } from './sourceProblems';

const row = (kind: string, name: string, state = 'down'): SourceHealthRow => ({
  kind,
  name,
  state,
  feed: 'feed',
  reason: 'sourceTimeout',
  message: 'for instance registry.acme.example/hidden',
  last_success_at: '2026-07-01T00:00:00.000Z',
  last_failure_at: null,
  next_try_at: null,
  items: 12,
  parts: null,
  of_no_cluster: false,
});

const SOURCES = [
  row('cluster', 'prod-eu'),
  row('cluster', 'prod-us'),
  row('cluster', 'prod-well', 'ok'),
  row('scanner', 'prod-eu', 'degraded'),
  row('registry', 'registry.acme.example', 'starting'),
  row('registry', 'other.acme.example'),
  row('policyFile', 'policy.yaml'),
];

describe('sourceProblems', () => {
  const dependsOn = {
    clusters: ['prod-eu', 'prod-well'],
    repositories: ['registry.acme.example/shop/web'],
  };

  it('names those something depends on that are not well', () => {
    const problems = sourceProblems({
      sources: SOURCES,
      dependsOn,
      shared: false,
    });
    expect(problems.map(({ kind, name }) => [kind, name])).toEqual([
      ['cluster', 'prod-eu'],
      ['scanner', 'prod-eu'],
      ['registry', 'registry.acme.example'],
    ]);
  });

  it('names a registry that works in part only to those whose own repository fails', () => {
    const sources = [row('registry', 'registry.acme.example', 'degraded')];
    expect(sourceProblems({ sources, dependsOn, shared: false })).toEqual([]);
    expect(
      sourceProblems({
        sources,
        dependsOn: {
          ...dependsOn,
          failingRepositories: ['registry.acme.example/shop/web'],
        },
        shared: false,
      }),
    ).toHaveLength(1);
  });

  it.each(['enforcer', 'checks'])(
    'names %s of those clusters, unless none was ever read or there is none',
    kind => {
      const never = { ...row(kind, 'prod-eu'), last_success_at: null };
      const of = (...sources: SourceHealthRow[]) =>
        sourceProblems({ sources, dependsOn, shared: false }).length;
      expect(of(row(kind, 'prod-eu'))).toBe(1);
      expect(of(row(kind, 'prod-us'))).toBe(0);
      expect(of(never)).toBe(0);
      expect(of(row(kind, 'prod-eu', 'notInstalled'))).toBe(0);
      expect(of(row(kind, 'prod-eu', 'ok'))).toBe(0);
    },
  );

  describe('of a scanner of no cluster', () => {
    const clair = (state: string, reason = 'scannerUnavailable') => [
      ...SOURCES,
      { ...row('scanner', 'Clair v4', state), of_no_cluster: true, reason },
    ];
    const names = (sources: SourceHealthRow[], on = dependsOn) =>
      sourceProblems({ sources, dependsOn: on, shared: false })
        .filter(({ kind }) => kind === 'scanner')
        .map(({ name }) => name);

    it.each([
      ['is down', 'down', 'sourceTimeout'],
      ['is starting', 'starting', undefined],
      ['compares with what is old', 'degraded', 'scanStale'],
    ])('tell everybody who runs something that it %s', (_, state, reason) => {
      expect(names(clair(state, reason))).toEqual(['prod-eu', 'Clair v4']);
      expect(
        names(clair(state, reason), { clusters: [], repositories: [] }),
      ).toEqual([]);
    });

    it('do not tell that it could not scan the images of others (L33)', () => {
      expect(names(clair('degraded'))).toEqual(['prod-eu']);
      expect(names(clair('ok'))).toEqual(['prod-eu']);
    });

    it('do not tell of the scanner of a cluster, whatever its name is', () => {
      expect(names([row('scanner', 'prod us')])).toEqual([]);
    });
  });

  it('adds what everything depends on for those who may see it', () => {
    const problems = sourceProblems({
      sources: SOURCES,
      dependsOn: { clusters: [], repositories: [] },
      shared: true,
    });
    expect(problems.map(({ kind }) => kind)).toEqual(['policyFile']);
  });

  it('says neither how much there is nor what it is about', () => {
    const [problem] = sourceProblems({
      sources: SOURCES,
      dependsOn,
      shared: false,
    });
    expect(problem).toEqual({
      kind: 'cluster',
      name: 'prod-eu',
      state: 'down',
      reason: 'sourceTimeout',
      lastSuccessAt: '2026-07-01T00:00:00.000Z',
    });
  });
});
