import { CheckTopic, PolicyResult } from '../model/policyReport';
import { WorkloadSubject } from '../model/subject';
import { clusterChecksOf } from './clusterChecksOf';
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
      results: [],
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

it('lists the worst first', () => {
  const [group] = checks([
    report('configuration', [
      result({ policy: 'a', result: 'pass', severity: 'critical' }),
      result({ policy: 'b', severity: undefined }),
      result({ policy: 'c', severity: 'low' }),
      result({ policy: 'd', severity: 'critical' }),
    ]),
  ])!.groups;
  expect(group.results.map(({ policy }) => policy)).toEqual([
    'd',
    'c',
    'b',
    'a',
  ]);
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
          results: [{ workload: { name: 'worker' } }],
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
