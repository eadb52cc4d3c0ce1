import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KubernetesObject } from 'sandbox';

export const REPORTS = 5_000;
export const FINDINGS = 50;
const NAMESPACES = 20;
const VULNERABILITIES = 9_000;

type Report = {
  artifact: { repository: string; digest: string };
  updateTimestamp: string;
  vulnerabilities: Record<string, unknown>[];
};

const FIXTURE = join(
  __dirname,
  '../../plugins/supply-chain-backend-module-trivy/src/__fixtures__/vulnerabilityreports.json',
);

/** Reports of a real operator, made many: each of another image, with findings of other numbers. */
export function manyReports(count: number): KubernetesObject[] {
  const [example]: KubernetesObject[] = JSON.parse(
    readFileSync(FIXTURE, 'utf8'),
  ).items;
  return Array.from({ length: count }, (_, index) => reportAt(example, index));
}

/** A report with the scan of another day. */
export function scannedAgain(
  object: KubernetesObject,
  updateTimestamp: string,
): KubernetesObject {
  return { ...object, report: { ...reportOf(object), updateTimestamp } };
}

function reportOf(object: KubernetesObject): Report {
  return object.report as Report;
}

function reportAt(example: KubernetesObject, index: number): KubernetesObject {
  const report = reportOf(example);
  const workload = `service-${index}`;
  const namespace = `team-${index % NAMESPACES}`;
  const { metadata } = example;
  const [owner] = metadata.ownerReferences ?? [];
  return {
    ...example,
    metadata: {
      ...metadata,
      name: `replicaset-${workload}-app`,
      namespace,
      uid: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      labels: {
        ...metadata.labels,
        'trivy-operator.container.name': 'app',
        'trivy-operator.resource.name': workload,
        'trivy-operator.resource.namespace': namespace,
      },
      ownerReferences: [{ ...owner, name: workload, uid: `owner-${index}` }],
    },
    report: {
      ...report,
      artifact: {
        ...report.artifact,
        repository: `shop/${workload}`,
        digest: `sha256:${index.toString(16).padStart(64, '0')}`,
      },
      vulnerabilities: Array.from({ length: FINDINGS }, (_, finding) =>
        vulnerabilityAt(
          report.vulnerabilities,
          finding,
          (index * 7 + finding) % VULNERABILITIES,
        ),
      ),
    },
  };
}

/** What is said of a vulnerability is the same in every package, and differs from what is said of every other one. */
function vulnerabilityAt(
  examples: Report['vulnerabilities'],
  finding: number,
  number: number,
): Report['vulnerabilities'][number] {
  const example = examples[number % examples.length];
  const vulnerabilityID = `CVE-2024-${10_000 + number}`;
  return {
    ...example,
    resource: `package-${finding}`,
    vulnerabilityID,
    title: `${vulnerabilityID}: ${example.title}`,
    primaryLink: `https://avd.aquasec.com/nvd/${vulnerabilityID.toLowerCase()}`,
  };
}
