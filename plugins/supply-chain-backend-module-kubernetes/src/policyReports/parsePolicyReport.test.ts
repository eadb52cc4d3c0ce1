import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KubernetesObject } from 'backstage-plugin-supply-chain-common';
import { ObservedPolicyReport } from 'backstage-plugin-supply-chain-node';
import { parsePolicyReport } from './parsePolicyReport';

type Json = Record<string, any>;

const SEEN_AT = '2026-11-23T12:00:00.000Z';

const fail: Json = {
  source: 'kyverno',
  policy: 'disallow-latest-tag',
  rule: 'validate-image-tag',
  result: 'fail',
};
const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
const pod = { apiVersion: 'v1', kind: 'Pod', name: 'web-1', uid: 'pod-1' };

function report(rest: Json = {}, metadata: Json = {}): KubernetesObject {
  return {
    apiVersion: 'wgpolicyk8s.io/v1alpha2',
    kind: 'PolicyReport',
    metadata: {
      name: 'r',
      uid: 'report-1',
      resourceVersion: '5',
      namespace: 'shop',
      creationTimestamp: '2026-11-22T08:00:00Z',
      ...metadata,
    },
    scope: deployment,
    results: [fail],
    ...rest,
  };
}

const EXPECTED = {
  policyreports: 'wgpolicyk8s.io/v1alpha2 PolicyReport',
  clusterpolicyreports: 'wgpolicyk8s.io/v1alpha2 ClusterPolicyReport',
  reports: 'openreports.io/v1alpha1 Report',
};
type Resource = keyof typeof EXPECTED;

function parse(object: KubernetesObject, resource: Resource = 'policyreports') {
  const [apiVersion, kind] = EXPECTED[resource].split(' ');
  return parsePolicyReport(object, {
    cluster: 'prod-eu',
    expected: { apiVersion, kind },
    seenAt: SEEN_AT,
  });
}

function read(
  object: KubernetesObject,
  resource?: Resource,
): ObservedPolicyReport {
  const parsed = parse(object, resource);
  if (parsed.kind !== 'report') {
    throw new Error(`expected a report, got ${parsed.message}`);
  }
  return parsed.report;
}

const objectsOf = (object: KubernetesObject, resource?: Resource) =>
  read(object, resource).objects.map(({ evidence: { subject } }) =>
    subject.type === 'workload'
      ? `${subject.namespace}/${subject.kind}/${subject.name}`
      : subject.type,
  );

const only = (object: KubernetesObject, resource?: Resource) => {
  const { objects } = read(object, resource);
  expect(objects).toHaveLength(1);
  return objects[0].evidence;
};

const resultOf = (result: Json, rest: Json = {}, metadata: Json = {}) =>
  only(report({ results: [{ ...fail, ...result }], ...rest }, metadata)).detail
    ?.results[0];

it('reads a recorded list', () => {
  const { items } = JSON.parse(
    readFileSync(join(__dirname, '../__fixtures__/policyreports.json'), 'utf8'),
  );
  const outcomes = items.map((item: KubernetesObject) => {
    const { subject, detail } = only(item);
    return [
      subject.type === 'workload' && `${subject.kind}/${subject.name}`,
      detail?.results.map(({ result }) => result).join(),
    ];
  });
  expect(outcomes).toEqual([
    ['ReplicaSet/payments-6b3e303c2c', 'pass'],
    ['ReplicaSet/web-f6e6818def', 'pass'],
    ['ReplicaSet/worker-69fbc43cd0', 'fail'],
  ]);
});

it('keeps everything of a result', () => {
  const full = report({
    scope: { ...pod, namespace: 'shop' },
    results: [
      {
        ...fail,
        severity: 'high',
        category: 'Best Practices',
        message: 'no :latest',
        properties: { process: 'background scan', depth: 3 },
        scored: true,
        timestamp: { seconds: 1_795_000_000, nanos: 5 },
      },
    ],
    summary: { pass: 99, fail: 0 },
  });
  expect(read(full)).toEqual({
    uid: 'report-1',
    resourceVersion: '5',
    objects: [
      {
        uid: 'pod-1',
        evidence: {
          subject: {
            type: 'workload',
            cluster: 'prod-eu',
            namespace: 'shop',
            kind: 'Pod',
            name: 'web-1',
          },
          collector: 'policy-reports',
          kind: 'policyReport',
          status: 'present',
          observedAt: '2026-11-18T11:06:40.000Z',
          detail: {
            leftOut: [],
            results: [
              {
                ...fail,
                severity: 'high',
                category: 'Best Practices',
                message: 'no :latest',
                properties: { process: 'background scan' },
                observedAt: '2026-11-18T11:06:40.000Z',
              },
            ],
          },
        },
      },
    ],
  });
});

describe('what a report is about', () => {
  it.each<[string, Json, Json, string[]]>([
    ['its scope', {}, {}, ['shop/Deployment/web']],
    [
      'its owner when it has no scope',
      { scope: undefined },
      { ownerReferences: [pod] },
      ['shop/Pod/web-1'],
    ],
    [
      'its scope rather than its owner',
      {},
      { ownerReferences: [pod] },
      ['shop/Deployment/web'],
    ],
    [
      'the objects a result names',
      { results: [{ ...fail, resources: [pod, deployment] }] },
      {},
      ['shop/Pod/web-1', 'shop/Deployment/web'],
    ],
    [
      'a kind without API version that runs pods',
      { scope: { kind: 'StatefulSet', name: 'db' } },
      {},
      ['shop/StatefulSet/db'],
    ],
    [
      "a controller of somebody's own",
      {
        scope: {
          apiVersion: 'argoproj.io/v1alpha1',
          kind: 'Rollout',
          name: 'web',
        },
      },
      {},
      ['shop/Rollout/web'],
    ],
    ['nothing without scope and owner', { scope: undefined }, {}, []],
    [
      'nothing when it is about a selector',
      { scope: undefined, scopeSelector: {} },
      { ownerReferences: [pod] },
      [],
    ],
    [
      'nothing when a result is about a selector',
      { results: [{ ...fail, resourceSelector: {} }] },
      {},
      [],
    ],
    [
      'nothing that runs no pods',
      { scope: { apiVersion: 'v1', kind: 'ConfigMap', name: 'web' } },
      {},
      [],
    ],
    [
      'nothing of a built-in group without pods',
      {
        scope: {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'Ingress',
          name: 'web',
        },
      },
      {},
      [],
    ],
    [
      'nothing of an unknown kind without API version',
      { scope: { kind: 'Rollout', name: 'web' } },
      {},
      [],
    ],
    [
      'nothing in another namespace than its own',
      { scope: { ...deployment, namespace: 'payments' } },
      {},
      [],
    ],
    [
      'nothing that a result names in another namespace',
      { results: [{ ...fail, resources: [{ ...pod, namespace: 'kube' }] }] },
      {},
      [],
    ],
    ...[
      'web\u0000',
      '../web',
      'Web',
      '',
      'x'.repeat(300),
      { toString: 'web' },
    ].map((name): [string, Json, Json, string[]] => [
      `nothing of the name ${JSON.stringify(name).slice(0, 20)}`,
      { scope: { ...deployment, name } },
      {},
      [],
    ]),
    ['nothing of no kind', { scope: { ...deployment, kind: 'a/b' } }, {}, []],
    [
      'nothing that is no reference',
      { results: [{ ...fail, resources: ['Pod/web-1', null, 7] }] },
      {},
      [],
    ],
  ])('is %s', (_, rest, metadata, expected) => {
    expect(objectsOf(report(rest, metadata))).toEqual(expected);
  });

  it('is any namespace for a report of the cluster', () => {
    const clusterReport = (reference: Json) => ({
      ...report(
        { results: [{ ...fail, resources: [reference] }], scope: undefined },
        { namespace: undefined },
      ),
      kind: 'ClusterPolicyReport',
    });
    expect(
      objectsOf(
        clusterReport({ ...pod, namespace: 'kube-system' }),
        'clusterpolicyreports',
      ),
    ).toEqual(['kube-system/Pod/web-1']);
    expect(objectsOf(clusterReport(pod), 'clusterpolicyreports')).toEqual([]);
  });

  it('drops a uid that is none', () => {
    const { objects } = read(report({ scope: { ...pod, uid: 'a\u0000b' } }));
    expect(objects[0].uid).toBeUndefined();
  });
});

describe('a result', () => {
  it.each(['pass', 'fail', 'warn', 'error', 'skip'])('may be %s', result => {
    expect(resultOf({ result })?.result).toBe(result);
  });

  it.each<[string, Json]>([
    ['result', { result: 'PASS' }],
    ['result', { result: undefined }],
    ['result', { result: ['pass'] }],
    ['policy', { policy: '' }],
    ['policy', { policy: 7 }],
  ])(
    'without a %s that is one is left out: neither pass nor fail',
    (_, rest) => {
      const { detail, status } = only(
        report({ results: [{ ...fail, ...rest }] }),
      );
      expect(status).toBe('present');
      expect(detail).toEqual({
        results: [],
        leftOut: [
          { reason: 'policyResultMalformed', source: 'kyverno', results: 1 },
        ],
      });
    },
  );

  it('that is no object is left out', () => {
    const { detail } = only(report({ results: [null, 'pass', [fail]] }));
    expect(detail).toEqual({
      results: [],
      leftOut: [{ reason: 'policyResultMalformed', results: 3 }],
    });
  });

  it.each<[string, Json, Json, Json, string | undefined]>([
    ['its own source', {}, { source: 'other' }, {}, 'kyverno'],
    ['that of its report', { source: '' }, { source: 'bench' }, {}, 'bench'],
    [
      'the label of the writer',
      { source: undefined },
      {},
      { labels: { 'app.kubernetes.io/managed-by': 'gatekeeper' } },
      'gatekeeper',
    ],
    [
      'the label of the engine',
      { source: undefined },
      {},
      { labels: { 'policy.kubernetes.io/engine': 'falco-agent' } },
      'falco-agent',
    ],
    ['none', { source: undefined }, {}, {}, undefined],
  ])('has %s', (_, result, rest, metadata, expected) => {
    expect(resultOf(result, rest, metadata)?.source).toBe(expected);
  });

  it.each([
    ['kyverno', 'autogen-validate-image-tag', 'validate-image-tag'],
    ['kyverno', 'autogen-cronjob-validate-image-tag', 'validate-image-tag'],
    ['KyvernoValidatingPolicy', 'autogen-a', 'a'],
    ['kyverno', 'autogen-', 'autogen-'],
    ['other', 'autogen-a', 'autogen-a'],
    ['kyverno', 'not-autogen-a', 'not-autogen-a'],
  ])('of %s for the rule %s is of the rule %s', (source, rule, expected) => {
    expect(resultOf({ source, rule })?.rule).toBe(expected);
  });

  it.each<[unknown, string]>([
    [{ seconds: 1_795_000_000, nanos: 0 }, '2026-11-18T11:06:40.000Z'],
    [undefined, '2026-11-22T08:00:00.000Z'],
    [{ seconds: 0 }, '2026-11-22T08:00:00.000Z'],
    [{ seconds: 1e15 }, '2026-11-22T08:00:00.000Z'],
    [{ seconds: '1795000000' }, '2026-11-22T08:00:00.000Z'],
    [{ seconds: 1.5 }, '2026-11-22T08:00:00.000Z'],
  ])('with the time %j is of %s', (timestamp, expected) => {
    expect(resultOf({ timestamp })?.observedAt).toBe(expected);
  });

  it('of a report without any time is of when it was seen', () => {
    const result = resultOf({}, {}, { creationTimestamp: 'yesterday' });
    expect(result?.observedAt).toBe(SEEN_AT);
  });

  it('keeps no severity nobody knows, and cuts what is long', () => {
    const long = 'x'.repeat(5_000);
    const result = resultOf({
      severity: 'urgent',
      message: long,
      category: long,
      properties: Object.fromEntries(
        Array.from({ length: 50 }, (_, index) => [`${long}${index}`, long]),
      ),
    });
    expect(result?.severity).toBeUndefined();
    expect(result?.message).toHaveLength(1_000);
    expect(result?.category).toHaveLength(253);
    expect(JSON.stringify(result?.properties).length).toBeLessThan(13_000);
  });
});

describe('results that repeat scans', () => {
  it.each(['Trivy Vulnerability', 'Trivy ConfigAudit', 'trivy'])(
    'of %s are left out, and said so',
    source => {
      const { detail } = only(
        report({ results: [fail, { ...fail, source }, { ...fail, source }] }),
      );
      expect(detail?.results).toHaveLength(1);
      expect(detail?.leftOut).toEqual([
        { reason: 'policyResultsOfScanner', source, results: 2 },
      ]);
    },
  );

  it('stay where the name only contains that of the scanner', () => {
    expect(resultOf({ source: 'not Trivy' })?.result).toBe('fail');
  });
});

describe('a report that cannot be read', () => {
  it.each<[string, Json, string, string]>([
    [
      'of another version',
      { apiVersion: 'wgpolicyk8s.io/v1beta1' },
      'policyReportVersionUnknown',
      'expected wgpolicyk8s.io/v1alpha2 PolicyReport, got wgpolicyk8s.io/v1beta1 PolicyReport',
    ],
    [
      'of another kind',
      { kind: 'Report' },
      'policyReportVersionUnknown',
      'expected wgpolicyk8s.io/v1alpha2 PolicyReport, got wgpolicyk8s.io/v1alpha2 Report',
    ],
    [
      'without a list of results',
      { results: { fail: 1 } },
      'policyReportMalformed',
      'has results that are no list',
    ],
  ])('%s is invalid evidence', (_, rest, reason, message) => {
    expect(only(report(rest))).toEqual(
      expect.objectContaining({
        status: 'invalid',
        reason,
        message,
        observedAt: '2026-11-22T08:00:00.000Z',
      }),
    );
  });

  it('is a problem of its source when it is not known what it is about', () => {
    expect(parse(report({ scope: 'web' }))).toEqual({
      kind: 'malformed',
      message: 'has a scope that is no object reference',
    });
    expect(parse(report({ scope: null, results: 7 }))).toEqual({
      kind: 'malformed',
      message: 'has results that are no list',
    });
  });

  it('is not one that is merely empty', () => {
    expect(read(report({ results: undefined })).objects).toEqual([]);
    expect(read(report({ results: null })).objects).toEqual([]);
    expect(
      read({ ...report(), apiVersion: undefined, kind: undefined }).objects,
    ).toHaveLength(1);
  });
});

describe('a report that is too large', () => {
  const many = (count: number, of: (index: number) => Json = () => ({})) =>
    Array.from({ length: count }, (_, index) => ({
      ...fail,
      policy: `p${index}`,
      ...of(index),
    }));

  it('keeps 500 results of an object and counts the rest', () => {
    const { detail } = only(report({ results: many(700) }));
    expect(detail?.results).toHaveLength(500);
    expect(detail?.leftOut).toEqual([
      { reason: 'policyResultsTooMany', source: 'kyverno', results: 200 },
    ]);
  });

  it('keeps 5,000 results in all, of 1,000 objects', () => {
    const resources = (index: number) =>
      Array.from({ length: 150 }, (_, nth) => ({
        ...pod,
        name: `web-${index * 150 + nth}`,
      }));
    const { objects } = read(
      report({
        results: many(100, index => ({ resources: resources(index) })),
      }),
    );
    expect(objects).toHaveLength(1_000);
    const again = read(
      report({
        results: many(100, () => ({ resources: resources(0) })),
      }),
    );
    expect(again.objects).toHaveLength(100);
    expect(
      again.objects.flatMap(({ evidence }) => evidence.detail?.results ?? []),
    ).toHaveLength(5_000);
  });

  it('names few sources of what is left out', () => {
    const { detail } = only(
      report({
        results: many(100, index => ({ source: `s${index}`, result: 'no' })),
      }),
    );
    expect(detail?.leftOut).toHaveLength(21);
    expect(detail?.leftOut.reduce((sum, { results }) => sum + results, 0)).toBe(
      100,
    );
    expect(detail?.leftOut.at(-1)).toEqual({
      reason: 'policyResultMalformed',
      results: 80,
    });
  });
});

it('reads OpenReports alike', () => {
  const openReport = {
    ...report({ source: 'kyverno', results: [{ ...fail, source: undefined }] }),
    apiVersion: 'openreports.io/v1alpha1',
    kind: 'Report',
  };
  expect(only(openReport, 'reports').detail?.results).toEqual([
    { ...fail, observedAt: '2026-11-22T08:00:00.000Z' },
  ]);
});
