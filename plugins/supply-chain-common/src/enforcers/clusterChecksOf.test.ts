import { CheckTopic, PolicyResult } from '../model/policyReport';
import { WorkloadSubject } from '../model/subject';
import {
  CheckResultFilter,
  clusterCheckResultsOf,
  clusterChecksOf,
} from './clusterChecksOf';
import { EnforcedEvidence } from './EnforcedEvidence';
import { otherEnforcersOf } from './otherEnforcersOf';

const web: WorkloadSubject = {
  type: 'workload',
  cluster: 'prod-eu',
  namespace: 'shop',
  kind: 'Deployment',
  name: 'web',
};
const worker: WorkloadSubject = { ...web, name: 'worker' };

function result(rest: Partial<PolicyResult> = {}): PolicyResult {
  return {
    source: 'Trivy',
    policy: 'KSV001',
    result: 'fail',
    severity: 'medium',
    observedAt: '2026-11-23T10:00:00.000Z',
    ...rest,
  };
}

function report(
  topic: CheckTopic | undefined,
  results: PolicyResult[] = [result()],
  rest: { workload?: WorkloadSubject; observedAt?: string } = {},
): EnforcedEvidence {
  const { workload = web, observedAt = '2026-11-23T10:00:00.000Z' } = rest;
  return {
    workload,
    evidence: {
      subject: { ...workload, kind: 'ReplicaSet' },
      collector: 'trivy-checks',
      kind: 'policyReport',
      status: 'present',
      observedAt,
      detail: { topic, results, leftOut: [] },
    },
  };
}

const checks = (
  reports: EnforcedEvidence[],
  maySeeSecrets: (workload: WorkloadSubject) => boolean = () => true,
) => clusterChecksOf({ reports, maySeeSecrets });

it('says nothing where nothing was checked', () => {
  expect(checks([])).toBeUndefined();
  expect(checks([report(undefined)])).toBeUndefined();
});

it('is no part of what other enforcers say', () => {
  expect(otherEnforcersOf([report('configuration')])).toBeUndefined();
  expect(
    otherEnforcersOf([report(undefined), report('configuration')])?.total,
  ).toBe(1);
});

it('has a group for each topic, in their order', () => {
  const found = checks([
    report('secrets'),
    report('infrastructure'),
    report('rbac'),
    report('configuration'),
  ]);
  expect(found?.groups.map(({ topic }) => topic)).toEqual([
    'configuration',
    'rbac',
    'infrastructure',
    'secrets',
  ]);
  expect(found?.missingPermissions).toEqual([]);
});

it('says that nothing fails where it was checked', () => {
  const counts = { fail: 0, error: 0, warn: 0, pass: 0, skip: 0 };
  expect(
    checks([
      report('configuration', [], { observedAt: '2026-11-22T10:00:00.000Z' }),
      report('configuration', []),
    ])?.groups,
  ).toEqual([
    {
      topic: 'configuration',
      total: 0,
      counts,
      notes: [],
      // Of the oldest: the others say nothing of what it is about.
      observedAt: '2026-11-22T10:00:00.000Z',
    },
  ]);
});

it('counts a check of two ReplicaSets of a workload once, and two secrets of one file twice', () => {
  const found = checks([
    report('configuration'),
    report('configuration', [result({ result: 'pass' })]),
    report('secrets', [
      result({ rule: '/app/.env', instance: 'web' }),
      result({ rule: '/app/.env', instance: 'web #2' }),
      result({ rule: '/app/.env', instance: 'sidecar' }),
    ]),
  ]);
  expect(
    found?.groups.map(({ total, counts }) => [total, counts.fail]),
  ).toEqual([
    [1, 1],
    [3, 3],
  ]);
});

describe('the results', () => {
  const REPORTS = [
    report('secrets', [
      result({ policy: 'e', rule: '/App/.env', title: 'AWS key' }),
    ]),
    report('configuration', [
      result({ policy: 'a', result: 'pass', severity: 'critical' }),
      result({ policy: 'b', severity: undefined, result: 'warn' }),
      result({ policy: 'c', severity: 'low', message: 'Runs as root' }),
      result({ policy: 'd', severity: 'critical' }),
      result({ policy: 'f', severity: 'low', result: 'error' }),
    ]),
    report('configuration', [result({ policy: 'd', severity: 'critical' })], {
      workload: worker,
    }),
    report(undefined, [result({ policy: 'of another enforcer' })]),
  ];
  const listed = (
    filter?: CheckResultFilter,
    maySeeSecrets: () => boolean = () => true,
  ) =>
    clusterCheckResultsOf({ reports: REPORTS, maySeeSecrets }, filter).map(
      ({ topic, policy, workload }) => `${topic} ${policy} ${workload.name}`,
    );

  it('stand topic by topic, the worst of each first', () => {
    expect(listed()).toEqual([
      'configuration d web',
      'configuration d worker',
      'configuration c web',
      'configuration f web',
      'configuration b web',
      'configuration a web',
      'secrets e web',
    ]);
  });

  it('are as many as their groups count', () => {
    const { groups } = checks(REPORTS)!;
    for (const { topic, total } of groups) {
      expect(listed({ topic })).toHaveLength(total);
    }
  });

  it.each<[CheckResultFilter, string[]]>([
    [{ topic: 'secrets' }, ['secrets e web']],
    [{ topic: 'rbac' }, []],
    [
      { topic: 'configuration', severity: 'low' },
      ['configuration c web', 'configuration f web'],
    ],
    [{ severity: 'critical', failing: false, search: ' ' }, []],
    [{ search: '/app/' }, ['secrets e web']],
    [{ search: 'aws KEY' }, ['secrets e web']],
    [{ search: 'as ROOT' }, ['configuration c web']],
    [{ search: 'worker' }, ['configuration d worker']],
    [{ search: 'prod-eu', severity: 'medium' }, ['secrets e web']],
  ])('are narrowed by %j', (filter, expected) => {
    expect(listed(filter)).toEqual(expected);
  });

  it('that fail are those that do not pass and those nobody could evaluate', () => {
    expect(listed({ topic: 'configuration', failing: true })).toEqual([
      'configuration d web',
      'configuration d worker',
      'configuration c web',
      'configuration f web',
      'configuration b web',
    ]);
  });

  it('leave out secrets the reader may not know, whatever is asked for', () => {
    for (const filter of [
      {},
      { topic: 'secrets' as const },
      { search: 'aws' },
    ]) {
      const found = listed(filter, () => false);
      expect(found.filter(each => each.startsWith('secrets'))).toEqual([]);
    }
  });

  it('are all there, however many', () => {
    const many = Array.from({ length: 450 }, (_, index) =>
      result({ policy: `KSV${index}` }),
    );
    const options = {
      reports: [report('configuration', many)],
      maySeeSecrets: () => true,
    };
    expect(clusterCheckResultsOf(options)).toHaveLength(450);
    expect(clusterChecksOf(options)?.groups[0].total).toBe(450);
  });
});

describe('without the right to see secrets', () => {
  const missing = ['supply-chain.secrets.read'];

  it('names the permission and tells neither the secrets nor how many there are', () => {
    const found = checks(
      [report('configuration'), report('secrets')],
      () => false,
    );
    expect(found?.groups.map(({ topic }) => topic)).toEqual(['configuration']);
    expect(found?.missingPermissions).toEqual(missing);
  });

  it('says the same whether or not there are any', () => {
    expect(checks([report('secrets', [])], () => false)).toEqual(
      checks([report('secrets')], () => false),
    );
  });

  it('of one workload tells those of the other', () => {
    const found = checks(
      [report('secrets'), report('secrets', [result()], { workload: worker })],
      ({ name }) => name === 'worker',
    );
    expect(found).toMatchObject({
      groups: [
        {
          topic: 'secrets',
          total: 1,
        },
      ],
      missingPermissions: missing,
    });
  });

  it('misses nothing where no image was looked at for secrets', () => {
    expect(
      checks([report('configuration')], () => false)?.missingPermissions,
    ).toEqual([]);
  });
});
