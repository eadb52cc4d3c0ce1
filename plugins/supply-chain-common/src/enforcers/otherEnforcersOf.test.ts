import { PolicyReportDetail, PolicyResult } from '../model/policyReport';
import { EnforcedEvidence } from './EnforcedEvidence';
import { otherEnforcersOf } from './otherEnforcersOf';

const web = {
  type: 'workload',
  cluster: 'prod-eu',
  namespace: 'shop',
  kind: 'Deployment',
  name: 'web',
} as const;

function result(rest: Partial<PolicyResult> = {}): PolicyResult {
  return {
    source: 'kyverno',
    policy: 'disallow-latest-tag',
    rule: 'validate-image-tag',
    result: 'fail',
    observedAt: '2026-11-23T10:00:00.000Z',
    ...rest,
  };
}

function report(
  detail: Partial<PolicyReportDetail>,
  object: { kind: string; name: string } = web,
  workload: EnforcedEvidence['workload'] = web,
): EnforcedEvidence {
  return {
    workload,
    evidence: {
      subject: { ...workload, ...object },
      collector: 'policy-reports',
      kind: 'policyReport',
      status: 'present',
      observedAt: '2026-11-23T10:00:00.000Z',
      detail: { results: [], leftOut: [], ...detail },
    },
  };
}

const pod = { kind: 'Pod', name: 'web-1' };

it('says nothing when nothing is known', () => {
  expect(otherEnforcersOf([])).toBeUndefined();
  expect(otherEnforcersOf([report({})])).toBeUndefined();
});

it('counts a violation once, however many objects of the workload are reported on', () => {
  const found = otherEnforcersOf([
    report({ results: [result({ message: 'of the pod' })] }, pod),
    report({ results: [result({ message: 'of the Deployment' })] }),
    report({ results: [result()] }, { kind: 'ReplicaSet', name: 'web-0' }),
  ]);
  expect(found).toMatchObject({
    total: 1,
    counts: { fail: 1, error: 0, warn: 0, pass: 0, skip: 0 },
  });
  expect(found?.results[0].workload).toEqual({
    cluster: 'prod-eu',
    namespace: 'shop',
    kind: 'Deployment',
    name: 'web',
  });
});

it.each([
  ['pass', 'fail', 'fail'],
  ['pass', 'warn', 'warn'],
  ['error', 'pass', 'error'],
  ['skip', 'pass', 'pass'],
  ['warn', 'error', 'error'],
] as const)('takes the worst of %s and %s: %s', (first, second, worst) => {
  const of = (outcome: PolicyResult['result'], object = pod) =>
    report({ results: [result({ result: outcome })] }, object);
  for (const order of [
    [of(first), of(second)],
    [of(second), of(first)],
  ]) {
    expect(otherEnforcersOf(order)?.results).toMatchObject([{ result: worst }]);
  }
});

it('keeps the newest of equal results', () => {
  const old = result({ observedAt: '2026-11-20T10:00:00.000Z' });
  for (const results of [
    [old, result()],
    [result(), old],
  ]) {
    expect(otherEnforcersOf([report({ results })])?.results).toEqual([
      expect.objectContaining({ observedAt: '2026-11-23T10:00:00.000Z' }),
    ]);
  }
});

it.each([
  ['source', { source: 'KyvernoValidatingPolicy' }],
  ['missing source', { source: undefined }],
  ['policy', { policy: 'other' }],
  ['rule', { rule: 'other' }],
  ['missing rule', { rule: undefined }],
])('tells results apart by %s', (_, rest) => {
  expect(
    otherEnforcersOf([report({ results: [result(), result(rest)] })])?.total,
  ).toBe(2);
});

it('tells the workloads of two clusters apart', () => {
  const other = { ...web, cluster: 'prod-us' };
  expect(
    otherEnforcersOf([
      report({ results: [result()] }),
      report({ results: [result()] }, other, other),
    ])?.total,
  ).toBe(2);
});

it('lists the worst first: by result, then by severity, then by name', () => {
  const found = otherEnforcersOf([
    report({
      results: [
        result({ policy: 'a', result: 'pass', severity: 'critical' }),
        result({ policy: 'b', result: 'fail' }),
        result({ policy: 'c', result: 'fail', severity: 'low' }),
        result({ policy: 'd', result: 'fail', severity: 'critical' }),
        result({ policy: 'e', result: 'skip' }),
        result({ policy: 'f', result: 'fail', severity: 'low' }),
      ],
    }),
  ]);
  expect(found?.results.map(({ policy }) => policy).join('')).toBe('dcfbae');
});

it('counts what is too much to list', () => {
  const results = Array.from({ length: 300 }, (_, index) =>
    result({ policy: `p${index}` }),
  );
  const found = otherEnforcersOf([report({ results })]);
  expect(found?.results).toHaveLength(200);
  expect([found?.total, found?.counts.fail]).toEqual([300, 300]);
});

describe('notes', () => {
  it('say once for each workload what is left out', () => {
    const leftOut = (results: number) =>
      ({
        reason: 'policyResultsOfScanner',
        source: 'Trivy Vulnerability',
        results,
      } as const);
    const found = otherEnforcersOf([
      report({ leftOut: [leftOut(12)] }),
      report({ leftOut: [leftOut(15)] }, pod),
      report({ leftOut: [leftOut(9)] }, pod),
    ]);
    expect(found).toMatchObject({ results: [], total: 0 });
    expect(found?.notes).toEqual([
      {
        ...leftOut(15),
        workload: expect.objectContaining({ name: 'web' }),
      },
    ]);
  });

  it('name a report that cannot be read, which is neither pass nor fail', () => {
    const broken = report({});
    const found = otherEnforcersOf([
      {
        ...broken,
        evidence: {
          ...broken.evidence,
          status: 'invalid',
          reason: 'policyReportMalformed',
          message: 'has no results',
          detail: undefined,
        },
      },
    ]);
    expect(found).toEqual({
      results: [],
      total: 0,
      counts: { fail: 0, error: 0, warn: 0, pass: 0, skip: 0 },
      notes: [
        {
          reason: 'policyReportMalformed',
          message: 'has no results',
          workload: expect.objectContaining({ name: 'web' }),
        },
      ],
    });
  });

  it('are few', () => {
    const found = otherEnforcersOf(
      Array.from({ length: 80 }, (_, index) => {
        const workload = { ...web, name: `web-${index}` };
        return report(
          { leftOut: [{ reason: 'policyResultsTooMany', results: 1 }] },
          workload,
          workload,
        );
      }),
    );
    expect(found?.notes).toHaveLength(50);
  });
});
