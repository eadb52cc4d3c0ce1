import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KubernetesObject } from 'backstage-plugin-supply-chain-common';
import { READABLE_RESOURCES } from 'backstage-plugin-supply-chain-node/clusters';
import { CHECK_REPORTS, CHECK_RESOURCES, CheckResource } from './checkReports';
import { expectedOf } from '../__testUtils__/expectedOf';
import { parseCheckReport } from './parseCheckReport';

const API_VERSION = 'aquasecurity.github.io/v1alpha1';

function recorded(file: string): KubernetesObject[] {
  const path = join(__dirname, '../__fixtures__', file);
  return JSON.parse(readFileSync(path, 'utf8')).items;
}
const configurations = recorded('configauditreports.json');
const secrets = recorded('exposedsecretreports.json');

function parse(
  object: KubernetesObject,
  resource: CheckResource = 'configauditreports',
) {
  return parseCheckReport(object, {
    cluster: 'prod-eu',
    resource,
    expected: expectedOf(resource),
    seenAt: '2026-11-29T10:00:00.000Z',
  });
}

function objectsOf(object: KubernetesObject, resource?: CheckResource) {
  const parsed = parse(object, resource);
  if (parsed.kind !== 'report') {
    throw new Error(`expected a report, got: ${parsed.message}`);
  }
  return parsed.report.objects;
}

function detailOf(object: KubernetesObject, resource?: CheckResource) {
  return objectsOf(object, resource)[0].evidence.detail!;
}

const CHECK = {
  checkID: 'KSV014',
  title: 'Root file system is not read-only',
  severity: 'HIGH',
  success: false,
};

function configAudit(
  changes: {
    metadata?: Record<string, unknown>;
    report?: unknown;
    [field: string]: unknown;
  } = {},
): KubernetesObject {
  const { metadata, report, ...rest } = changes;
  return {
    apiVersion: API_VERSION,
    kind: 'ConfigAuditReport',
    metadata: {
      name: 'replicaset-web-1',
      namespace: 'shop',
      uid: 'report',
      resourceVersion: '7',
      creationTimestamp: '2026-11-28T10:00:00Z',
      labels: {
        'trivy-operator.resource.kind': 'ReplicaSet',
        'trivy-operator.resource.name': 'web-1',
      },
      ...metadata,
    },
    report: 'report' in changes ? report : { checks: [CHECK], summary: {} },
    ...rest,
  };
}

describe('a recorded report', () => {
  it('on a configuration has one result for each check, on the object it names', () => {
    const [first] = configurations;
    const [{ uid, evidence }] = objectsOf(first);
    expect(uid).toBe('9d72694c-54ec-4e9e-9435-b55d28796e48');
    expect(evidence).toMatchObject({
      subject: {
        type: 'workload',
        cluster: 'prod-eu',
        namespace: 'payments',
        kind: 'ReplicaSet',
        name: 'payments-6b3e303c2c',
      },
      collector: 'trivy-checks',
      kind: 'policyReport',
      status: 'present',
      detail: { topic: 'configuration', leftOut: [] },
    });
    const { checks } = first.report as { checks: { checkID: string }[] };
    expect(evidence.detail?.results.map(({ policy }) => policy).sort()).toEqual(
      checks.map(({ checkID }) => checkID).sort(),
    );
    expect(evidence.detail?.results).toContainEqual({
      source: 'Trivy config audit',
      policy: 'KSV001',
      result: 'pass',
      severity: 'medium',
      category: 'Kubernetes Security Check',
      title: 'Can elevate its own privileges',
      message: 'Can elevate its own privileges.',
      remediation: 'Set the matching securityContext field.',
      observedAt: evidence.observedAt,
    });
  });

  it('on secrets tells rule, file, title and severity, and never the line', () => {
    const { topic, results } = detailOf(secrets[0], 'exposedsecretreports');
    expect(topic).toBe('secrets');
    expect(results).toEqual([
      {
        source: 'Trivy secrets',
        policy: 'aws-access-key-id',
        rule: '/app/.env',
        instance: 'payments',
        result: 'fail',
        severity: 'critical',
        category: 'AWS',
        title: 'AWS Access Key ID',
        observedAt: '2026-11-23T09:00:00.000Z',
      },
      expect.objectContaining({ policy: 'github-pat', rule: '/app/.env' }),
    ]);
    const all = JSON.stringify(
      secrets.map(each => parse(each, 'exposedsecretreports')),
    );
    expect(JSON.stringify(secrets)).toContain('AWS_ACCESS_KEY_ID=');
    expect(all).not.toMatch(/AWS_ACCESS_KEY_ID|GITHUB_PAT|\*\*\*/);
  });
});

describe('a result', () => {
  const resultOf = (check: object) =>
    detailOf(configAudit({ report: { checks: [check], summary: {} } }))
      .results[0];

  it.each([
    ['CRITICAL', 'critical'],
    ['LOW', 'low'],
    ['UNKNOWN', undefined],
    ['toString', undefined],
    [undefined, undefined],
    [7, undefined],
  ])('of severity %s is %s', (severity, expected) => {
    expect(resultOf({ ...CHECK, severity }).severity).toBe(expected);
  });

  it('has all its messages', () => {
    expect(
      resultOf({ ...CHECK, messages: ['one', '', 7, 'two'] }).message,
    ).toBe('one; two');
  });

  it('keeps hostile text as it is, and no more of it than fits', () => {
    const title = '<img src=x onerror=alert(1)>\u202e\u0000';
    const found = resultOf({
      ...CHECK,
      title,
      remediation: 'r'.repeat(100_000),
      checkID: 'i'.repeat(5_000),
    });
    expect(found.title).toBe(title);
    expect(found.remediation).toHaveLength(1_000);
    expect(found.policy).toHaveLength(253);
  });

  it('is told apart from others of the same check and the same file', () => {
    const report = {
      summary: {},
      secrets: [1, 2].map(() => ({
        ruleID: 'stripe-access-token',
        target: '/app/secret.yaml',
        severity: 'HIGH',
      })),
    };
    const kind = 'ExposedSecretReport';
    expect(
      detailOf(
        configAudit({ kind, report }),
        'exposedsecretreports',
      ).results.map(({ instance }) => instance),
    ).toEqual([undefined, '#2']);
  });
});

describe('an entry that does not say what came out', () => {
  it.each<[string, unknown]>([
    ['no id', { ...CHECK, checkID: undefined }],
    ['an empty id', { ...CHECK, checkID: '' }],
    ['no outcome', { ...CHECK, success: undefined }],
    ['an outcome that is none', { ...CHECK, success: 'false' }],
    ['text', 'KSV014'],
    ['null', null],
  ])('(%s) is counted and is neither pass nor fail', (_, entry) => {
    const report = { checks: [CHECK, entry], summary: {} };
    expect(detailOf(configAudit({ report }))).toMatchObject({
      results: [{ policy: 'KSV014' }],
      leftOut: [
        {
          reason: 'policyResultMalformed',
          source: 'Trivy config audit',
          results: 1,
        },
      ],
    });
  });
});

it('keeps the worst of 5,000 checks and counts the others', () => {
  const checks = Array.from({ length: 5_000 }, (_, index) => ({
    ...CHECK,
    checkID: `K${index}`,
    severity: index === 4_999 ? 'CRITICAL' : 'LOW',
    success: index < 4_500,
  }));
  const { results, leftOut } = detailOf(
    configAudit({ report: { checks, summary: {} } }),
  );
  expect(results).toHaveLength(500);
  expect(results[0].policy).toBe('K4999');
  expect(results.every(({ result }) => result === 'fail')).toBe(true);
  expect(leftOut).toEqual([
    {
      reason: 'policyResultsTooMany',
      source: 'Trivy config audit',
      results: 4_500,
    },
  ]);
});

describe('a report in which nothing failed', () => {
  it.each<[string, unknown]>([
    ['an empty list', { checks: [], summary: { lowCount: 0 } }],
    ['null, as Go writes it', { checks: null, summary: { lowCount: 0 } }],
    ['no list beside a summary', { summary: { lowCount: 0 } }],
  ])('(%s) is known to be checked', (_, report) => {
    expect(objectsOf(configAudit({ report }))).toMatchObject([
      { evidence: { status: 'present', detail: { results: [], leftOut: [] } } },
    ]);
  });
});

describe('what the report is about', () => {
  const subjectOf = (object: KubernetesObject, resource?: CheckResource) =>
    objectsOf(object, resource).map(({ evidence }) => evidence.subject);
  const owner = (kind: string, name: string) => ({
    labels: {},
    ownerReferences: [{ kind, name, uid: 'u', controller: true }],
  });
  const role = (metadata: Record<string, unknown>) =>
    configAudit({ kind: 'RbacAssessmentReport', metadata });

  it('is its owner where labels say nothing', () => {
    const metadata = owner('Pod', 'kube-apiserver-node');
    expect(
      objectsOf(
        configAudit({ kind: 'InfraAssessmentReport', metadata }),
        'infraassessmentreports',
      ),
    ).toMatchObject([
      {
        uid: 'u',
        evidence: { subject: { kind: 'Pod', name: 'kube-apiserver-node' } },
      },
    ]);
  });

  it('stands in an annotation where the name is too long for a label', () => {
    const name = 'w'.repeat(80);
    const labels = { 'trivy-operator.resource.kind': 'StatefulSet' };
    const annotations = { 'trivy-operator.resource.name': name };
    expect(
      subjectOf(configAudit({ metadata: { labels, annotations } })),
    ).toMatchObject([{ kind: 'StatefulSet', name }]);
  });

  it('is never in another namespace than the report', () => {
    const labels = {
      'trivy-operator.resource.kind': 'ReplicaSet',
      'trivy-operator.resource.name': 'web-1',
      'trivy-operator.resource.namespace': 'vault',
    };
    expect(subjectOf(configAudit({ metadata: { labels } }))).toMatchObject([
      { namespace: 'shop' },
    ]);
  });

  it.each(['Service', 'ConfigMap', 'ResourceQuota'])(
    'may be a %s, which runs nothing',
    kind => {
      const metadata = owner(kind, 'web');
      expect(objectsOf(configAudit({ metadata }))).toEqual([]);
    },
  );

  it('may be a role, which belongs to its namespace', () => {
    expect(
      subjectOf(role(owner('Role', 'system:proxy')), 'rbacassessmentreports'),
    ).toMatchObject([
      { namespace: 'shop', kind: 'Role', name: 'system:proxy' },
    ]);
  });

  it('is a role in no report on a configuration', () => {
    expect(objectsOf(configAudit({ metadata: owner('Role', 'r') }))).toEqual(
      [],
    );
    expect(
      objectsOf(role(owner('Pod', 'web')), 'rbacassessmentreports'),
    ).toEqual([]);
  });

  it('has no name that no role can have', () => {
    expect(
      parse(role(owner('Role', 'a/\u202eb')), 'rbacassessmentreports'),
    ).toEqual({
      kind: 'malformed',
      message: 'names a role that none can be called',
    });
  });
});

describe('time', () => {
  it.each([
    [{ updateTimestamp: '2026-11-27T09:00:00Z' }, '2026-11-27T09:00:00.000Z'],
    [{ updateTimestamp: 'yesterday' }, '2026-11-28T10:00:00.000Z'],
    [{}, '2026-11-28T10:00:00.000Z'],
  ])('of %j is %s', (times, expected) => {
    const report = { checks: [CHECK], summary: {}, ...times };
    expect(objectsOf(configAudit({ report }))[0].evidence.observedAt).toBe(
      expected,
    );
  });

  it('is when it was seen where nothing else is known', () => {
    const metadata = { creationTimestamp: undefined };
    expect(objectsOf(configAudit({ metadata }))[0].evidence.observedAt).toBe(
      '2026-11-29T10:00:00.000Z',
    );
  });
});

describe('a report that cannot be read', () => {
  it.each<[string, KubernetesObject, string]>([
    [
      'version',
      configAudit({ apiVersion: 'aquasecurity.github.io/v2' }),
      'expected aquasecurity.github.io/v1alpha1 ConfigAuditReport, got aquasecurity.github.io/v2 ConfigAuditReport',
    ],
    [
      'kind',
      configAudit({ kind: 'SbomReport' }),
      'expected aquasecurity.github.io/v1alpha1 ConfigAuditReport, got aquasecurity.github.io/v1alpha1 SbomReport',
    ],
    ['no report', configAudit({ report: undefined }), 'has no report'],
    ['text', configAudit({ report: '{"checks":' }), 'has no report'],
    [
      'a list that is none',
      configAudit({ report: { checks: {} } }),
      'has no list of checks',
    ],
    [
      'neither list nor summary',
      configAudit({ report: {} }),
      'has neither checks nor a summary',
    ],
    [
      'a list that was cut off',
      configAudit({ report: { checks: [], summary: { highCount: 3 } } }),
      'counts 3 checks and lists 0',
    ],
    [
      'no object',
      configAudit({ metadata: { labels: {} } }),
      'does not say what it is about',
    ],
    [
      'no namespace',
      configAudit({ metadata: { namespace: undefined } }),
      'does not say what it is about',
    ],
  ])('(%s) is malformed and says why', (_, object, message) => {
    expect(parse(object)).toEqual({ kind: 'malformed', message });
  });

  it('says nothing of its content', () => {
    const report = { secrets: { match: 'AKIA-of-somebody' } };
    const kind = 'ExposedSecretReport';
    expect(
      parse(configAudit({ kind, report }), 'exposedsecretreports'),
    ).toEqual({ kind: 'malformed', message: 'has no list of secrets' });
  });
});

describe('a report on an object in no namespace', () => {
  const RESOURCE = 'clusterrbacassessmentreports';
  const about = (kind: string, name: string, namespace?: string) =>
    configAudit({
      kind: 'ClusterRbacAssessmentReport',
      metadata: {
        namespace,
        labels: {
          'trivy-operator.resource.kind': kind,
          'trivy-operator.resource.name': name,
        },
      },
    });

  it('is told of the cluster, and of nothing that runs', () => {
    const parsed = parse(about('ClusterRole', 'system:view'), RESOURCE);
    expect(parsed).toMatchObject({
      kind: 'report',
      report: {
        objects: [],
        cluster: {
          subject: {
            type: 'cluster',
            cluster: 'prod-eu',
            object: { kind: 'ClusterRole', name: 'system:view' },
          },
          kind: 'policyReport',
          observedAt: '2026-11-28T10:00:00.000Z',
          detail: {
            topic: 'rbac',
            results: [{ policy: 'KSV014', result: 'fail', severity: 'high' }],
            leftOut: [],
          },
        },
      },
    });
  });

  it.each<[string, KubernetesObject, string]>([
    [
      'in a namespace',
      about('ClusterRole', 'view', 'shop'),
      'does not say which object of the cluster it is on',
    ],
    [
      'that names nothing',
      about('', ''),
      'does not say which object of the cluster it is on',
    ],
    [
      'whose name none can have',
      about('ClusterRole', 'a\u202eb'),
      'names an object that none can be called',
    ],
    [
      'whose kind is none',
      about('<b>', 'view'),
      'names an object that none can be called',
    ],
  ])('%s is refused', (_, object, message) => {
    expect(parse(object, RESOURCE)).toEqual({ kind: 'malformed', message });
  });
});

it.each(CHECK_RESOURCES)('%s are read where the cluster has them', resource => {
  expect(CHECK_REPORTS[resource].scope === 'namespace').toBe(
    READABLE_RESOURCES[resource].namespaced,
  );
});
