import {
  clusterChecksOf,
  EnforcedEvidence,
  KubernetesObject,
} from 'backstage-plugin-supply-chain-common';
import {
  FREE_SANDBOX_PORTS,
  Sandbox,
  SANDBOX_SERVICES,
  startSandbox,
} from 'sandbox';
import { CHECK_RESOURCES, CheckResource } from '../checks/checkReports';
import { expectedOf } from '../__testUtils__/expectedOf';
import { parseCheckReport } from '../checks/parseCheckReport';

jest.setTimeout(60_000);

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ ports: FREE_SANDBOX_PORTS });
});

afterAll(() => sandbox.stop());

async function reportsIn(options: {
  cluster: string;
  namespace: string;
  resource: CheckResource;
}): Promise<KubernetesObject[]> {
  const { cluster, namespace, resource } = options;
  const { url, token } = sandbox.clusters.find(({ name }) => name === cluster)!;
  const answer = await fetch(
    `${url}/apis/aquasecurity.github.io/v1alpha1/namespaces/${namespace}/${resource}`,
    { headers: { Authorization: `Bearer ${token}` } },
  );
  return (await answer.json()).items;
}

function saidBy(
  object: KubernetesObject,
  origin: { cluster: string; resource: CheckResource },
): EnforcedEvidence[] {
  const seenAt = '2026-11-29T12:00:00.000Z';
  const expected = expectedOf(origin.resource);
  const parsed = parseCheckReport(object, { ...origin, expected, seenAt });
  const objects = parsed.kind === 'report' ? parsed.report.objects : [];
  return objects.flatMap(({ evidence }) =>
    evidence.subject.type === 'workload'
      ? [{ workload: evidence.subject, evidence }]
      : [],
  );
}

const planned = SANDBOX_SERVICES.flatMap(({ name, system, workloads }) =>
  workloads.flatMap(({ cluster, checks }) =>
    checks ? [{ name, system, cluster, checks }] : [],
  ),
);

it('some services of the sandbox are checked', () => {
  expect(planned.length).toBeGreaterThanOrEqual(2);
});

it.each(planned)(
  'the reports on $name become what the table of the sandbox says',
  async ({ name, system, cluster, checks }) => {
    const reports: EnforcedEvidence[] = [];
    for (const resource of CHECK_RESOURCES) {
      const origin = { cluster, resource };
      const found = await reportsIn({ ...origin, namespace: system });
      reports.push(...found.flatMap(object => saidBy(object, origin)));
    }
    const said = clusterChecksOf({
      // Objects of the sandbox begin with the name of their workload, and no name begins another with reports.
      reports: reports.filter(({ workload }) => workload.name.startsWith(name)),
      maySeeSecrets: () => true,
    });
    expect(
      said?.groups.map(({ topic, results }) => ({
        topic,
        results: results.map(({ policy, rule, severity, result }) => ({
          policy,
          ...(rule && { rule }),
          severity,
          result,
        })),
      })),
    ).toEqual(checks.expected);
  },
);
