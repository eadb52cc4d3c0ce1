import {
  clusterCheckResultsOf,
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
import { ClusterEvidence } from 'backstage-plugin-supply-chain-node';
import { READABLE_RESOURCES } from 'backstage-plugin-supply-chain-node/clusters';
import { CHECK_RESOURCES, CheckResource } from '../checks/checkReports';
import {
  OPERATOR_RESOURCES,
  parseOperatorReport,
} from '../checks/operatorReports';
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

const isNamespaced = (resource: CheckResource) =>
  READABLE_RESOURCES[resource].namespaced;

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
    for (const resource of CHECK_RESOURCES.filter(isNamespaced)) {
      const origin = { cluster, resource };
      const found = await reportsIn({ ...origin, namespace: system });
      reports.push(...found.flatMap(object => saidBy(object, origin)));
    }
    const options = {
      // Objects of the sandbox begin with the name of their workload, and no name begins another with reports.
      reports: reports.filter(({ workload }) => workload.name.startsWith(name)),
      maySeeSecrets: () => true,
    };
    expect(
      clusterChecksOf(options)?.groups.map(({ topic }) => ({
        topic,
        results: clusterCheckResultsOf(options, { topic }).map(
          ({ policy, rule, severity, result }) => ({
            policy,
            ...(rule && { rule }),
            severity,
            result,
          }),
        ),
      })),
    ).toEqual(checks.expected);
  },
);

const SUMMARISED = ['critical', 'high', 'medium', 'low'] as const;
const OF_CLUSTERS = OPERATOR_RESOURCES.filter(
  resource => !READABLE_RESOURCES[resource].namespaced,
);

/** What a report on a cluster comes to, in the words of its own summary. */
function summaryOf({ kind, detail }: ClusterEvidence): Record<string, number> {
  const count = (list: readonly object[], field: string, value: string) =>
    list.filter(each => (each as Record<string, unknown>)[field] === value)
      .length;
  if (kind === 'compliance') {
    const { controls } = detail!;
    return {
      failCount: count(controls, 'status', 'fail'),
      // The operator counts as met what nobody looked at.
      passCount:
        count(controls, 'status', 'pass') +
        count(controls, 'status', 'notEvaluated'),
    };
  }
  const failing =
    kind === 'policyReport'
      ? detail!.results.filter(({ result }) => result === 'fail')
      : detail!.findings;
  return Object.fromEntries(
    SUMMARISED.map(severity => [
      `${severity}Count`,
      count(failing, 'severity', severity),
    ]),
  );
}

it.each([
  ['prod-eu', ['compliance', 'policyReport', 'vulnerabilities']],
  ['prod-us', ['compliance', 'policyReport']],
])(
  'what is reported on %s as a whole can be read, and counts what its summaries say',
  async (cluster, expected) => {
    const { url, token } = sandbox.clusters.find(
      each => each.name === cluster,
    )!;
    const kinds = new Set<string>();
    for (const resource of OF_CLUSTERS) {
      const answer = await fetch(
        `${url}/apis/aquasecurity.github.io/v1alpha1/${resource}`,
        { headers: { Authorization: `Bearer ${token}` } },
      );
      for (const object of (await answer.json()).items) {
        const parsed = parseOperatorReport(object, {
          cluster,
          resource,
          expected: expectedOf(resource),
          seenAt: '2026-11-29T12:00:00.000Z',
        });
        if (parsed.kind !== 'report' || !parsed.report.cluster) {
          throw new Error(`${resource}: ${JSON.stringify(parsed)}`);
        }
        kinds.add(parsed.report.cluster.kind);
        const { summary } = object.report ?? object.status;
        expect(summary).toMatchObject(summaryOf(parsed.report.cluster));
      }
    }
    expect([...kinds].sort()).toEqual(expected);
  },
);
