import {
  KubernetesObject,
  otherEnforcersOf,
  WorkloadSubject,
} from 'backstage-plugin-supply-chain-common';
import {
  FREE_SANDBOX_PORTS,
  Sandbox,
  SANDBOX_SERVICES,
  startSandbox,
} from 'sandbox';
import { parsePolicyReport } from '../policyReports/parsePolicyReport';

jest.setTimeout(60_000);

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ ports: FREE_SANDBOX_PORTS });
});

afterAll(() => sandbox.stop());

async function reportsIn(
  cluster: string,
  namespace: string,
): Promise<KubernetesObject[]> {
  const { url, token } = sandbox.clusters.find(({ name }) => name === cluster)!;
  const answer = await fetch(
    `${url}/apis/wgpolicyk8s.io/v1alpha2/namespaces/${namespace}/policyreports`,
    { headers: { Authorization: `Bearer ${token}` } },
  );
  return (await answer.json()).items;
}

function objectsOf(report: KubernetesObject, cluster: string) {
  const parsed = parsePolicyReport(report, {
    cluster,
    expected: { apiVersion: 'wgpolicyk8s.io/v1alpha2', kind: 'PolicyReport' },
    seenAt: '2026-11-23T12:00:00.000Z',
  });
  return parsed.kind === 'report' ? parsed.report.objects : [];
}

const planned = SANDBOX_SERVICES.flatMap(({ name, system, workloads }) =>
  workloads.flatMap(({ cluster, kind, otherEnforcers }) =>
    otherEnforcers ? [{ name, system, cluster, kind, otherEnforcers }] : [],
  ),
);

it.each(planned)(
  'the reports on $name become what the table of the sandbox says',
  async ({ name, system, cluster, kind, otherEnforcers }) => {
    const workload: WorkloadSubject = {
      type: 'workload',
      cluster,
      namespace: system,
      kind,
      name,
    };
    const reports = await reportsIn(cluster, system);
    const said = otherEnforcersOf(
      reports
        .flatMap(report => objectsOf(report, cluster))
        // Objects of the sandbox begin with the name of their workload, and no name begins another with reports.
        .filter(
          ({ evidence: { subject } }) =>
            subject.type === 'workload' && subject.name.startsWith(name),
        )
        .map(({ evidence }) => ({ workload, evidence })),
    );
    const { results, leftOut } = otherEnforcers.expected;
    expect(
      said?.results.map(({ source, policy, rule, result }) => ({
        source,
        policy,
        rule,
        result,
      })),
    ).toEqual(results);
    expect(
      said?.notes.map(({ source, results: count }) => ({
        source,
        results: count,
      })),
    ).toEqual(leftOut);
  },
);
