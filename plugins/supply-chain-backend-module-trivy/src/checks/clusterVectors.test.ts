import { READABLE_RESOURCES } from 'backstage-plugin-supply-chain-node/clusters';
import { expectedOf } from '../__testUtils__/expectedOf';
import {
  asServed,
  describeIfPresent,
  documentsIn,
  Json,
  readVectors,
  vectorFiles,
} from '../__testUtils__/operatorVectors';
import { OperatorResource, parseOperatorReport } from './operatorReports';

function parsed(resource: OperatorResource, object: Json) {
  const result = parseOperatorReport(asServed(object), {
    cluster: 'kind',
    resource,
    expected: expectedOf(resource),
    seenAt: '2026-11-29T10:00:00.000Z',
  });
  if (result.kind !== 'report' || !result.report.cluster) {
    throw new Error(`expected a report, got: ${JSON.stringify(result)}`);
  }
  expect(result.report.objects).toEqual([]);
  return result.report.cluster;
}

const files = vectorFiles(/\.(json|ya?ml|md)$/);

function vectorsOf(...kinds: string[]): Array<readonly [string, Json]> {
  return files.flatMap(file =>
    readVectors(file, kinds).map(
      (object, index) => [`${file} #${index + 1}`, object] as const,
    ),
  );
}

const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;

function countsOf(
  entries: readonly { severity?: string }[],
): Record<string, number> {
  return Object.fromEntries(
    SEVERITIES.map(severity => [
      `${severity}Count`,
      entries.filter(each => each.severity === severity).length,
    ]),
  );
}

/** Summaries that were written by hand, beside lists that say something else. */
const WRONG_SUMMARIES: Record<string, string> = {
  'kubernetes/clustercompliancereports.json #1':
    'counts 17 controls as met that it does not list',
  'trivy-operator/defectdojo/compliance_severity.json #1':
    'counts checks, and has one control',
};

describeIfPresent('real reports on compliance', () => {
  // The tests of the operator hold the status apart from the report.
  const statuses = new Map(
    ['summary', 'detail'].map(form => [
      form === 'summary' ? 'nsa-summary' : 'nsa-all',
      `trivy-operator/upstream/tests/envtest/testdata/fixture/compliance-${form}-status-expected.yaml`,
    ]),
  );
  const reports = vectorsOf('ClusterComplianceReport').map(([name, object]) => {
    const file = statuses.get(object.metadata.name);
    return [
      name,
      file ? { ...object, status: readStatus(file) } : object,
    ] as const;
  });

  it('are many, of both forms', () => {
    expect(reports.length).toBeGreaterThanOrEqual(10);
    const forms = reports.map(([, { status = {} }]) => [
      'summaryReport' in status,
      'detailReport' in status,
    ]);
    expect(forms).toContainEqual([true, false]);
    expect(forms).toContainEqual([false, true]);
    expect(forms).toContainEqual([false, false]);
  });

  function countedIn(object: Json) {
    const { kind, detail } = parsed('clustercompliancereports', object);
    if (kind !== 'compliance') {
      throw new Error(`expected compliance, got ${kind}`);
    }
    const count = (status: string) =>
      detail!.controls.filter(each => each.status === status).length;
    return {
      failCount: count('fail'),
      // The operator counts what nobody looked at as met.
      passCount: count('pass') + count('notEvaluated'),
    };
  }

  it.each(
    reports.filter(
      ([name, { status }]) => status?.summary && !WRONG_SUMMARIES[name],
    ),
  )('%s counts what its summary says', (_, object) => {
    expect(countedIn(object)).toEqual(object.status.summary);
  });

  it.each(reports.filter(([, { status }]) => !status))(
    '%s was not evaluated, as long as it has no status',
    (_, object) => {
      const { controls } = object.spec.compliance;
      expect(controls.length).toBeGreaterThan(0);
      expect(countedIn(object)).toEqual({
        failCount: 0,
        passCount: controls.length,
      });
    },
  );

  it.each(reports)(
    '%s tells of every control of its framework',
    (_, object) => {
      const { failCount, passCount } = countedIn(object);
      expect(failCount + passCount).toBeGreaterThanOrEqual(
        object.spec.compliance.controls.length,
      );
    },
  );

  it('the summaries that are wrong are still there', () => {
    const names = reports.map(([name]) => name);
    expect(names).toEqual(expect.arrayContaining(Object.keys(WRONG_SUMMARIES)));
  });

  it('no control for people to check counts as met', () => {
    const manual = reports.flatMap(([, object]) => {
      const { kind, detail } = parsed('clustercompliancereports', object);
      return kind === 'compliance'
        ? detail!.controls.filter(({ name }) => /\(Manual\)/.test(name))
        : [];
    });
    expect(manual.length).toBeGreaterThan(20);
    expect(new Set(manual.map(({ status }) => status))).toEqual(
      new Set(['notEvaluated']),
    );
  });
});

function readStatus(file: string): Json {
  // It has neither kind nor spec of its own.
  const [status] = documentsIn(file);
  return status as Json;
}

describeIfPresent('real reports on core components', () => {
  const reports = vectorsOf('ClusterVulnerabilityReport');

  it('are there', () => {
    expect(reports.length).toBeGreaterThan(0);
  });

  it.each(reports)('%s counts what its summary says', (_, object) => {
    const { kind, subject, detail } = parsed(
      'clustervulnerabilityreports',
      object,
    );
    expect(subject).toEqual({ type: 'cluster', cluster: 'kind' });
    expect(kind).toBe('vulnerabilities');
    const { findings } = detail as { findings: { severity: string }[] };
    expect(object.report.summary).toMatchObject(countsOf(findings));
  });
});

describeIfPresent(
  'real reports on objects, as they are on one in no namespace',
  () => {
    const namespaced = {
      ConfigAuditReport: ['clusterconfigauditreports', 'ClusterRoleBinding'],
      RbacAssessmentReport: ['clusterrbacassessmentreports', 'ClusterRole'],
      InfraAssessmentReport: ['clusterinfraassessmentreports', 'Node'],
    } as const;
    const reports = vectorsOf(...Object.keys(namespaced)).filter(
      // The pages of the operator shorten their lists.
      ([name]) => !name.includes('missing_checkid') && !name.includes('.md'),
    );

    it('are of every kind', () => {
      expect(new Set(reports.map(([, { kind }]) => kind))).toEqual(
        new Set(Object.keys(namespaced)),
      );
    });

    it.each(reports)('%s fails as often as its summary says', (_, object) => {
      const [resource, about] = namespaced[object.kind as 'ConfigAuditReport'];
      const { namespace, ...metadata } = object.metadata;
      const { subject, detail } = parsed(resource, {
        ...object,
        kind: READABLE_RESOURCES[resource].kind,
        metadata: {
          ...metadata,
          labels: {
            'trivy-operator.resource.kind': about,
            'trivy-operator.resource.name': 'system:node',
          },
        },
      });
      expect(subject).toEqual({
        type: 'cluster',
        cluster: 'kind',
        object: { kind: about, name: 'system:node' },
      });
      const { results } = detail as {
        results: { result: string; severity?: string }[];
      };
      const failed = results.filter(({ result }) => result === 'fail');
      expect(countsOf(failed)).toEqual(object.report.summary);
    });
  },
);
