import { READABLE_RESOURCES } from 'backstage-plugin-supply-chain-node/clusters';
import { expectedOf } from '../__testUtils__/expectedOf';
import {
  asServed,
  describeIfPresent,
  Json,
  readVectors,
  vectorFiles,
} from '../__testUtils__/operatorVectors';
import { CHECK_RESOURCES, CheckResource } from './checkReports';
import { parseCheckReport } from './parseCheckReport';

/** Files named after reports that hold none of these kinds, and why. */
const LEFT_OUT: Array<[pattern: RegExp, reason: string]> = [
  [/\/crds\/.*\.yaml$/, 'definitions of the resources, not reports'],
  [
    /upstream\/pkg\/.*\/exposedsecret_report\.json$/,
    'a result of Trivy itself, which the operator makes a report of',
  ],
];
const NAMED_AFTER_REPORTS =
  /(configaudit|config-audit|rbacassessment|infraassessment|exposedsecret)[^/]*\.(json|ya?ml)$/;

/** A check without id cannot be told apart from others: it is counted as left out. */
const WITHOUT_ID =
  'trivy-operator/defectdojo/configauditreport_missing_checkid.json';

const RUNNING =
  /^(Pod|Deployment|ReplicaSet|ReplicationController|StatefulSet|DaemonSet|Job|CronJob)$/;

/** Of none on an object in no namespace there is a real one: clusterVectors.test.ts makes them of these. */
const PLURALS = new Map(
  CHECK_RESOURCES.filter(plural => READABLE_RESOURCES[plural].namespaced).map(
    plural => [READABLE_RESOURCES[plural].kind, plural],
  ),
);

const files = vectorFiles(/\.(json|ya?ml)$/);
const reports = files.flatMap(file =>
  readVectors(file, PLURALS.keys()).map(
    (report, index) => [`${file} #${index + 1}`, file, report] as const,
  ),
);

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
