import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import {
  isRecord,
  KubernetesObject,
} from 'backstage-plugin-supply-chain-common';
import { READABLE_RESOURCES } from 'backstage-plugin-supply-chain-node/clusters';
import { parseAllDocuments } from 'yaml';
import { CHECK_RESOURCES, CheckResource } from './checkReports';
import { expectedOf } from '../__testUtils__/expectedOf';
import { parseCheckReport } from './parseCheckReport';

// What the operator's own tests expect it to write (github aquasecurity/trivy-operator, Apache-2.0) and reports people
// handed to DefectDojo (github DefectDojo/django-DefectDojo, BSD-3-Clause). A third party's files: read here, never
// copied.
const FIXTURES =
  process.env.SUPPLY_CHAIN_VECTORS ??
  resolve(__dirname, '../../../../../shared/fixtures');
const FOLDERS = ['trivy-operator', 'kubernetes']
  .map(folder => join(FIXTURES, folder))
  .filter(folder => existsSync(folder));
const describeIfPresent = existsSync(join(FIXTURES, 'trivy-operator'))
  ? describe
  : describe.skip;

type Json = Record<string, any>; // any: whatever stands in the files

/** Files named after reports that hold none of these kinds, and why. */
const LEFT_OUT: Array<[pattern: RegExp, reason: string]> = [
  [/\/crds\/.*\.yaml$/, 'definitions of the resources, not reports'],
  [/compliance/, 'of the cluster as a whole: no workload and no namespace'],
  [
    /upstream\/pkg\/.*\/exposedsecret_report\.json$/,
    'a result of Trivy itself, which the operator makes a report of',
  ],
];
const NAMED_AFTER_REPORTS =
  /(configaudit|config-audit|rbacassessment|infraassessment|exposedsecret|compliance)[^/]*\.(json|ya?ml)$/;

/** A check without id cannot be told apart from others: it is counted as left out. */
const WITHOUT_ID =
  'trivy-operator/defectdojo/configauditreport_missing_checkid.json';

const RUNNING =
  /^(Pod|Deployment|ReplicaSet|ReplicationController|StatefulSet|DaemonSet|Job|CronJob)$/;

const PLURALS = new Map(
  CHECK_RESOURCES.map(plural => [READABLE_RESOURCES[plural].kind, plural]),
);

function filesIn(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap(entry => {
    const path = join(directory, entry.name);
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

/** Every report in a file, however deep: one, a list, or lists by kind. */
function reportsIn(value: unknown): Json[] {
  if (Array.isArray(value)) {
    return value.flatMap(reportsIn);
  }
  if (!isRecord(value)) {
    return [];
  }
  return isRecord(value.report) && PLURALS.has(String(value.kind) as never)
    ? [value]
    : Object.values(value).flatMap(reportsIn);
}

function readFile(file: string): Json[] {
  const text = readFileSync(join(FIXTURES, file), 'utf8');
  return file.endsWith('.json')
    ? reportsIn(JSON.parse(text))
    : parseAllDocuments(text)
        .filter(document => document.errors.length === 0)
        .flatMap(document => reportsIn(document.toJS()));
}

const files = FOLDERS.flatMap(filesIn)
  .map(file => relative(FIXTURES, file))
  .filter(file => /\.(json|ya?ml)$/.test(file))
  .sort();
const reports = files.flatMap(file =>
  readFile(file).map(
    (report, index) => [`${file} #${index + 1}`, file, report] as const,
  ),
);

/** The tests of the operator leave out what the server adds. */
function asServed({ metadata, ...rest }: Json): KubernetesObject {
  return {
    ...rest,
    metadata: {
      uid: 'report',
      resourceVersion: '1',
      creationTimestamp: '2026-11-23T08:00:00Z',
      ...metadata,
      ownerReferences: metadata.ownerReferences?.map((each: Json) => ({
        ...each,
        uid: each.uid ?? 'owner',
      })),
    },
  } as KubernetesObject;
}

function parsed(report: Json) {
  const resource = PLURALS.get(report.kind) as CheckResource;
  return parseCheckReport(asServed(report), {
    cluster: 'kind',
    resource,
    expected: expectedOf(resource),
    seenAt: '2026-11-29T10:00:00.000Z',
  });
}

const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;

describeIfPresent('reports of Trivy Operator', () => {
  it('are many, of every kind', () => {
    expect(reports.length).toBeGreaterThanOrEqual(24);
    expect(new Set(reports.map(([, , { kind }]) => kind))).toEqual(
      new Set(PLURALS.keys()),
    );
  });

  it('are in every file named after them, but for those listed with a reason', () => {
    const named = files.filter(file => NAMED_AFTER_REPORTS.test(file));
    const empty = named.filter(
      file => !reports.some(([, holding]) => holding === file),
    );
    for (const file of empty) {
      expect([file, LEFT_OUT.some(([pattern]) => pattern.test(file))]).toEqual([
        file,
        true,
      ]);
    }
    for (const [pattern] of LEFT_OUT) {
      expect(empty.some(file => pattern.test(file))).toBe(true);
    }
  });

  it.each(reports)(
    '%s fails as often as its summary says',
    (_, file, report) => {
      const result = parsed(report);
      if (result.kind !== 'report') {
        throw new Error(`expected a report, got: ${result.message}`);
      }
      const about =
        report.metadata.labels?.['trivy-operator.resource.kind'] ??
        report.metadata.ownerReferences[0].kind;
      const known =
        RUNNING.test(about) ||
        (report.kind === 'RbacAssessmentReport' && about === 'Role');
      expect(result.report.objects).toHaveLength(known ? 1 : 0);
      for (const { evidence } of result.report.objects) {
        const { results = [], leftOut = [] } = evidence.detail ?? {};
        const failed = results.filter(each => each.result === 'fail');
        const summary = Object.fromEntries(
          SEVERITIES.map(severity => [
            `${severity}Count`,
            failed.filter(each => each.severity === severity).length,
          ]),
        );
        const withoutId = file === WITHOUT_ID;
        expect(leftOut.map(({ reason }) => reason)).toEqual(
          withoutId ? ['policyResultMalformed'] : [],
        );
        expect(summary).toEqual(
          withoutId
            ? { ...report.report.summary, mediumCount: 0 }
            : report.report.summary,
        );
      }
    },
  );

  it('tell nothing of the lines secrets stand in', () => {
    const secrets = reports
      .map(([, , report]) => report)
      .filter(({ kind }) => kind === 'ExposedSecretReport');
    const lines = secrets.flatMap(({ report }) =>
      report.secrets.map(({ match }: Json) => match),
    );
    expect(lines.length).toBeGreaterThan(2);
    const told = JSON.stringify(secrets.map(parsed));
    for (const line of lines) {
      expect(told).not.toContain(JSON.stringify(line).slice(1, -1));
    }
  });
});
