import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import {
  isRecord,
  KubernetesObject,
  otherEnforcersOf,
  WorkloadSubject,
} from 'backstage-plugin-supply-chain-common';
import { parseAllDocuments } from 'yaml';
import { parsePolicyReport } from './parsePolicyReport';

// What Kyverno's own conformance tests expect it to write (github kyverno/kyverno), and the samples of OpenReports
// (github openreports/reports-api), both Apache-2.0. A third party's files: read here, never copied.
const FIXTURES = join(
  process.env.SUPPLY_CHAIN_VECTORS ??
    resolve(__dirname, '../../../../../shared/fixtures'),
  'policyreports',
);
const describeIfPresent = existsSync(FIXTURES) ? describe : describe.skip;

type Json = Record<string, any>;

const KNOWN = [
  'wgpolicyk8s.io/v1alpha2 PolicyReport',
  'wgpolicyk8s.io/v1alpha2 ClusterPolicyReport',
  'openreports.io/v1alpha1 Report',
  'openreports.io/v1alpha1 ClusterReport',
];

/** Documents that are no report a cluster could hold, and why. */
const LEFT_OUT: Array<[pattern: RegExp, reason: string]> = [
  [/^openreports\/config\/crd\//, 'definitions of the resources, not reports'],
  [
    /^openreports\/samples\/sample-(rhacm-policy|co|v1beta2-kyverno|v1beta1-kyverno|falco-policy)\.yaml/,
    'of kinds the group openreports.io does not define: the API server refuses them',
  ],
];

/** Expectations that say less than a report does: without `result` nothing is known of one. */
const WITHOUT_RESULT = [
  'kyverno/test/conformance/chainsaw/image-validating-policies/report/with-exception/skipped-report-assert.yaml',
];

/** Documents that hold expressions of the test tool in place of the names Kyverno writes. */
const TEMPLATES = /\(\$namespace\)/;

/** What runs pods, as the fixtures name it. */
const RUNNING =
  /^(Pod|Deployment|ReplicaSet|StatefulSet|DaemonSet|Job|CronJob)$/;

function filesIn(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap(entry => {
    const path = join(directory, entry.name);
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

function documentsIn(file: string): Json[] {
  const text = readFileSync(file, 'utf8').replace(
    new RegExp(TEMPLATES, 'g'),
    'default',
  );
  return parseAllDocuments(text)
    .map(document => document.toJS())
    .filter(isRecord);
}

const files = existsSync(FIXTURES)
  ? filesIn(FIXTURES)
      .filter(file => file.endsWith('.yaml'))
      .map(file => relative(FIXTURES, file))
      .sort()
  : [];
const isLeftOut = (file: string) =>
  LEFT_OUT.some(([pattern]) => pattern.test(file));

/** The tests of Kyverno leave out what the server adds. */
function asServed(document: Json): KubernetesObject {
  const { metadata = {} } = document;
  const ofCluster = document.kind.startsWith('Cluster');
  return {
    ...document,
    metadata: {
      name: 'report',
      uid: 'report',
      resourceVersion: '1',
      creationTimestamp: '2026-11-23T08:00:00Z',
      ...metadata,
      ...(!ofCluster && {
        namespace: metadata.namespace ?? document.scope?.namespace ?? 'default',
      }),
    },
  };
}

function read(document: Json) {
  const { apiVersion, kind } = document;
  expect(KNOWN).toContain(`${apiVersion} ${kind}`);
  const parsed = parsePolicyReport(asServed(document), {
    cluster: 'kind',
    expected: { apiVersion, kind },
    seenAt: '2026-11-23T12:00:00.000Z',
  });
  if (parsed.kind !== 'report') {
    throw new Error(`expected a report, got ${parsed.message}`);
  }
  return parsed.report.objects;
}

const NONE = { pass: 0, fail: 0, warn: 0, error: 0, skip: 0 };

/** What must come out, from the document alone; its summary is a second opinion on what was read. */
function expectedOf(document: Json, file: string) {
  const { results = [], summary } = document;
  const about = document.scope ?? document.metadata?.ownerReferences?.[0];
  if (!about || !RUNNING.test(about.kind) || results.length === 0) {
    return [];
  }
  const complete = summary && !WITHOUT_RESULT.includes(file);
  return [
    {
      status: 'present',
      object: `${about.kind}/${about.name}`,
      leftOut: WITHOUT_RESULT.includes(file) ? ['policyResultMalformed'] : [],
      counts: complete ? { ...NONE, ...summary } : expect.anything(),
    },
  ];
}

function foundIn(document: Json) {
  return read(document).map(({ evidence }) => {
    const workload = evidence.subject as WorkloadSubject;
    const { detail, status } = evidence;
    return {
      status,
      object: `${workload.kind}/${workload.name}`,
      leftOut: detail?.leftOut.map(({ reason }) => reason),
      counts: otherEnforcersOf([{ workload, evidence }])?.counts,
    };
  });
}

describeIfPresent('reports of Kyverno and samples of OpenReports', () => {
  it('are all read, but for those listed with a reason', () => {
    expect(files.filter(isLeftOut)).toHaveLength(7);
    expect(files.length).toBeGreaterThan(75);
    for (const [pattern] of LEFT_OUT) {
      expect(files.some(file => pattern.test(file))).toBe(true);
    }
  });

  it.each(files.filter(file => !isLeftOut(file)))('%s', file => {
    for (const document of documentsIn(join(FIXTURES, file))) {
      expect(foundIn(document)).toEqual(expectedOf(document, file));
    }
  });
});
