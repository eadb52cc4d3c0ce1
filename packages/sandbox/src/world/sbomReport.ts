import { digestOf } from '../registry';
import { formatApiTime, KubernetesObject } from '../kubernetes';
import { uidOf } from './podObjects';
import { SbomPlan } from './serviceTypes';
import { reportMetadata, ReportSubject } from './trivyReport';

const HOUR_MS = 60 * 60 * 1000;
const SYSTEM = '3.20.1';

/** Packages of the base image: name, version and licence. */
const SYSTEM_PACKAGES: readonly [string, string, string][] = [
  ['alpine-baselayout', '3.6.5-r0', 'GPL-2.0-only'],
  ['apk-tools', '2.14.4-r0', 'GPL-2.0-only'],
  ['busybox', '1.36.1-r5', 'GPL-2.0-only'],
  ['ca-certificates-bundle', '20240226-r0', 'MPL-2.0 AND MIT'],
  ['coreutils', '9.4-r1', 'GPL-3.0-or-later'],
  ['libcrypto3', '3.3.1-r0', 'Apache-2.0'],
  ['libssl3', '3.3.1-r0', 'Apache-2.0'],
  ['musl', '1.2.5-r0', 'MIT'],
  ['scanelf', '1.3.7-r2', 'GPL-2.0-only'],
  ['ssl_client', '1.36.1-r5', 'GPL-2.0-only'],
  ['zlib', '1.3.1-r0', 'Zlib'],
];

/** Packages of the program itself: group, name, version and licence. */
const PROGRAM_PACKAGES: readonly [string, string, string, string][] = [
  ['', 'accepts', '1.3.8', 'MIT'],
  ['', 'body-parser', '1.20.2', 'MIT'],
  ['', 'debug', '4.3.4', 'MIT'],
  ['', 'express', '4.19.2', 'MIT'],
  ['', 'finalhandler', '1.2.0', 'MIT'],
  ['', 'graceful-fs', '4.2.11', 'ISC'],
  ['', 'iconv-lite', '0.4.24', 'MIT'],
  ['', 'lodash', '4.17.21', 'MIT'],
  ['', 'mime-types', '2.1.35', 'MIT'],
  ['', 'pg', '8.12.0', 'MIT'],
  ['', 'pino', '9.3.2', 'MIT'],
  ['', 'qs', '6.11.0', 'BSD-3-Clause'],
  ['', 'semver', '7.6.3', 'ISC'],
  ['', 'tslib', '2.6.3', '0BSD'],
  ['', 'undici', '6.19.2', 'MIT'],
  ['@opentelemetry', 'api', '1.9.0', 'Apache-2.0'],
  ['@opentelemetry', 'sdk-node', '0.52.1', 'Apache-2.0'],
];

/**
 * A SbomReport as Trivy Operator writes it, or undefined when the plan is none.
 * @public
 */
export function sbomReport(options: {
  subject: ReportSubject;
  plan: SbomPlan | undefined;
  now: Date;
}): KubernetesObject | undefined {
  const { subject, plan, now } = options;
  if (plan === undefined) {
    return undefined;
  }
  const { controller, container, registry, repository, tag } = subject;
  const createdAt = formatApiTime(new Date(now.getTime() - 3 * HOUR_MS));
  const metadata = reportMetadata({ controller, container, createdAt });
  const components = [...systemComponents(), ...programComponents()];
  return {
    apiVersion: 'aquasecurity.github.io/v1alpha1',
    kind: 'SbomReport',
    metadata: {
      ...metadata,
      uid: uidOf(metadata.namespace ?? '', 'SbomReport', metadata.name),
    },
    report: {
      artifact: { digest: subject.digest, repository, tag },
      registry: { server: registry },
      scanner: { name: 'Trivy', vendor: 'Aqua Security', version: '0.65.0' },
      // The operator counts the image itself among them.
      summary: {
        componentsCount: components.length + 1,
        dependenciesCount: 0,
      },
      updateTimestamp: createdAt,
      components: {
        bomFormat: 'CycloneDX',
        specVersion: '1.6',
        serialNumber: `urn:uuid:${uidOf(metadata.name, subject.digest)}`,
        version: 1,
        metadata: {
          timestamp: createdAt,
          tools: {
            components: [
              { type: 'application', name: 'trivy', version: '0.65.0' },
            ],
          },
          component: describedImage(
            subject,
            // What the operator does when it keeps the SBOM of a tag.
            plan === 'otherDigest'
              ? digestOf(`before ${subject.digest}`)
              : subject.digest,
          ),
        },
        components,
        dependencies: [],
      },
    },
  };
}

function describedImage(subject: ReportSubject, digest: string) {
  const { registry, repository, tag } = subject;
  const name = `${registry}/${repository}`;
  return {
    'bom-ref': `pkg:oci/${repository.split('/').pop()}@${digest}`,
    type: 'container',
    name: `${name}:${tag}`,
    properties: [
      { name: 'aquasecurity:trivy:RepoDigest', value: `${name}@${digest}` },
    ],
  };
}

function systemComponents(): object[] {
  return [
    { type: 'operating-system', name: 'alpine', version: SYSTEM },
    ...SYSTEM_PACKAGES.map(([name, version, licence]) => ({
      type: 'library',
      name,
      version,
      licenses: [licenceOf(licence)],
      purl: `pkg:apk/alpine/${name}@${version}?arch=x86_64&distro=${SYSTEM}`,
    })),
  ];
}

function programComponents(): object[] {
  return PROGRAM_PACKAGES.map(([group, name, version, licence]) => ({
    type: 'library',
    ...(group && { group }),
    name,
    version,
    licenses: [licenceOf(licence)],
    purl: `pkg:npm/${
      group ? `${group.replace('@', '%40')}/` : ''
    }${name}@${version}`,
  }));
}

function licenceOf(licence: string): object {
  return licence.includes(' ')
    ? { expression: licence }
    : { license: { id: licence } };
}
