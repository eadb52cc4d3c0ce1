import { digestOf } from '../registry';
import { formatApiTime, KubernetesObject } from '../kubernetes';
import { DISPUTED, publishedRecently } from './madeUpVulnerabilities';
import { ScanPlan } from './serviceTypes';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

interface Vulnerability {
  vulnerabilityID: string;
  resource: string;
  installedVersion: string;
  fixedVersion: string;
  severity: 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW' | 'UNKNOWN';
  title: string;
  score: number;
  publishedDate: string;
}

/** What the world's VEX is about. */
export const HARMLESS: Vulnerability = {
  vulnerabilityID: 'CVE-2023-42366',
  resource: 'busybox',
  installedVersion: '1.36.1-r5',
  fixedVersion: '1.36.1-r6',
  severity: 'MEDIUM',
  title: 'busybox: A heap-buffer-overflow',
  score: 5.5,
  publishedDate: '2023-11-27T23:15:07Z',
};

/** What every image of the world carries: nothing the policy minds. */
const COMMON: readonly Vulnerability[] = [
  HARMLESS,
  {
    vulnerabilityID: 'CVE-2016-2781',
    resource: 'coreutils',
    installedVersion: '9.4-r1',
    fixedVersion: '',
    severity: 'LOW',
    title:
      'coreutils: Non-privileged session can escape to the parent session in chroot',
    score: 4.6,
    publishedDate: '2017-02-07T15:59:00Z',
  },
];

const OVERDUE: Vulnerability = {
  vulnerabilityID: 'CVE-2021-36159',
  resource: 'apk-tools',
  installedVersion: '2.12.5-r1',
  fixedVersion: '2.12.6-r0',
  severity: 'CRITICAL',
  title:
    'libfetch: an out of boundary read while libfetch uses strtol to parse the relevant numbers into address bytes leads to information leak or crash',
  score: 9.1,
  publishedDate: '2021-08-03T14:15:08Z',
};

/** Clair takes it for worse. */
function disputed(now: Date): Vulnerability {
  return {
    vulnerabilityID: DISPUTED.id(now),
    resource: DISPUTED.packageName,
    installedVersion: DISPUTED.installedVersion,
    fixedVersion: DISPUTED.fixedVersion,
    severity: 'MEDIUM',
    title: DISPUTED.title,
    score: 5.9,
    publishedDate: publishedRecently(now),
  };
}

/** Came with a release, and nobody has a fix. */
function introduced(now: Date): Vulnerability {
  return {
    vulnerabilityID: `CVE-${now.getUTCFullYear()}-99004`,
    resource: 'zlib',
    installedVersion: '1.3.1-r0',
    fixedVersion: '',
    severity: 'HIGH',
    title: 'sandbox: a length that is too large is taken for a small one',
    score: 7.4,
    publishedDate: publishedRecently(now),
  };
}

/** The packages of every image as the release before had them. */
const EARLIER_COMMON: readonly Vulnerability[] = COMMON.map(each =>
  each.resource === 'busybox'
    ? { ...each, installedVersion: '1.36.1-r4' }
    : each,
);

/** Too young to have a public number yet, so it carries a made-up one. */
function recent(now: Date): Vulnerability {
  return {
    vulnerabilityID: `CVE-${now.getUTCFullYear()}-99001`,
    resource: 'libcrypto3',
    installedVersion: '3.3.1-r0',
    fixedVersion: '3.3.1-r3',
    severity: 'CRITICAL',
    title: 'sandbox: out of bounds write in a parser of certificates',
    score: 9.8,
    publishedDate: publishedRecently(now),
  };
}

/**
 * What a report is about.
 * @public
 */
export interface ReportSubject {
  /** The controller Trivy Operator reports on: ReplicaSet, StatefulSet or CronJob. */
  controller: KubernetesObject;
  container: string;
  registry: string;
  repository: string;
  tag: string;
  digest: string;
}

/**
 * A VulnerabilityReport as Trivy Operator writes it, or undefined when the
 * plan is not to scan.
 * @public
 */
export function trivyReport(options: {
  subject: ReportSubject;
  plan: ScanPlan;
  now: Date;
}): KubernetesObject | undefined {
  const { subject, plan, now } = options;
  if (plan === 'none') {
    return undefined;
  }
  const ageMs = plan === 'stale' ? 9 * DAY_MS : 2 * HOUR_MS;
  const scannedAt = formatApiTime(new Date(now.getTime() - ageMs));
  const digest =
    plan === 'otherDigest'
      ? digestOf(`before ${subject.digest}`)
      : subject.digest;
  const vulnerabilities = [
    ...vulnerabilitiesOf(plan, now),
    ...(plan === 'earlierRelease' ? EARLIER_COMMON : COMMON),
  ];
  return {
    apiVersion: 'aquasecurity.github.io/v1alpha1',
    kind: 'VulnerabilityReport',
    metadata: reportMetadata({ ...subject, createdAt: scannedAt }),
    report: {
      artifact: {
        digest,
        mimeType: 'application/vnd.oci.image.manifest.v1+json',
        repository: subject.repository,
        tag: subject.tag,
      },
      os: { family: 'alpine', name: '3.20.1' },
      registry: { server: subject.registry },
      scanner: { name: 'Trivy', vendor: 'Aqua Security', version: '0.65.0' },
      summary: summaryOf(vulnerabilities),
      updateTimestamp: scannedAt,
      vulnerabilities: vulnerabilities.map(entry => detailed(entry, subject)),
    },
  };
}

/**
 * Name of the report on a container, or on an object as a whole, as Trivy
 * Operator makes it.
 * @public
 */
export function reportName(
  { kind, metadata }: KubernetesObject,
  container?: string,
): string {
  return [
    kind.toLowerCase(),
    metadata.name,
    ...(container ? [container] : []),
  ].join('-');
}

function vulnerabilitiesOf(plan: ScanPlan, now: Date): Vulnerability[] {
  switch (plan) {
    case 'fixableCriticalOverdue':
      return [OVERDUE];
    case 'fixableCriticalInLeeway':
      return [recent(now)];
    case 'laterRelease':
      return [introduced(now)];
    case 'disputed':
    case 'earlierRelease':
      return [disputed(now)];
    default:
      return [];
  }
}

/**
 * Metadata of a report as Trivy Operator writes it; without container for one on the object as a whole.
 * @public
 */
export function reportMetadata(options: {
  controller: KubernetesObject;
  container?: string;
  /** As the API writes times. */
  createdAt: string;
}): KubernetesObject['metadata'] {
  const { controller, container, createdAt } = options;
  const { kind, apiVersion, metadata } = controller;
  return {
    name: reportName(controller, container),
    namespace: metadata.namespace,
    creationTimestamp: createdAt,
    labels: {
      'app.kubernetes.io/managed-by': 'trivy-operator',
      'resource-spec-hash': digestOf(metadata.name).slice(7, 17),
      ...(container && { 'trivy-operator.container.name': container }),
      'trivy-operator.resource.kind': kind,
      'trivy-operator.resource.name': metadata.name,
      'trivy-operator.resource.namespace': metadata.namespace ?? '',
    },
    annotations: {
      'trivy-operator.aquasecurity.github.io/report-ttl': '24h0m0s',
    },
    ownerReferences: [
      {
        apiVersion,
        kind,
        name: metadata.name,
        uid: metadata.uid ?? '',
        controller: true,
        blockOwnerDeletion: false,
      },
    ],
  };
}

/** The package of a vulnerability, as its package URL without qualifiers. */
export function packageUrlOf({
  resource,
  installedVersion,
}: Vulnerability): string {
  return `pkg:apk/alpine/${resource}@${installedVersion}`;
}

function detailed(
  entry: Vulnerability,
  subject: ReportSubject,
): Record<string, unknown> {
  return {
    ...entry,
    class: 'os-pkgs',
    lastModifiedDate: entry.publishedDate,
    links: [],
    packagePURL: `${packageUrlOf(entry)}?arch=x86_64&distro=3.20.1`,
    packagePath: '',
    packageType: 'alpine',
    primaryLink: `https://avd.aquasec.com/nvd/${entry.vulnerabilityID.toLowerCase()}`,
    target: `${subject.registry}/${subject.repository}:${subject.tag} (alpine 3.20.1)`,
  };
}

function summaryOf(vulnerabilities: Vulnerability[]): Record<string, number> {
  const count = (severity: Vulnerability['severity']) =>
    vulnerabilities.filter(entry => entry.severity === severity).length;
  return {
    criticalCount: count('CRITICAL'),
    highCount: count('HIGH'),
    mediumCount: count('MEDIUM'),
    lowCount: count('LOW'),
    unknownCount: count('UNKNOWN'),
    noneCount: 0,
  };
}
