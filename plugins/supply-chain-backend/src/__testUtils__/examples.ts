import {
  Digest,
  EvidenceOf,
  ImageSubject,
  ObservedPod,
  ReasonCode,
  SbomComponent,
  SignatureDetail,
  TrustCheck,
} from 'backstage-plugin-supply-chain-common';
import { ObservedReport } from 'backstage-plugin-supply-chain-node';
import { EntityRow } from '../database/tables';

/** A digest made of one repeated digit. */
export function digestOf(digit: string): Digest {
  return `sha256:${digit.repeat(64)}` as Digest;
}

export const REPOSITORY = 'registry.acme.example/shop/web';

/** The image the example pods run. */
export const SUBJECT: ImageSubject = {
  type: 'image',
  repository: REPOSITORY,
  digest: digestOf('a'),
};

/** A pod of one container of a Deployment `web` in namespace `shop`. */
export function examplePod(
  options: {
    uid?: string;
    digest?: Digest;
    imageRef?: string;
    workload?: string;
    labels?: Record<string, string>;
    resourceVersion?: string;
  } = {},
): ObservedPod {
  const { uid = 'pod-1', workload = 'web', resourceVersion = '1' } = options;
  const digest = options.digest ?? SUBJECT.digest;
  return {
    uid,
    namespace: 'shop',
    name: `${workload}-${uid}`,
    labels: options.labels ?? { 'backstage.io/kubernetes-id': workload },
    phase: 'Running',
    platform: 'linux/amd64',
    workload: { kind: 'Deployment', name: workload },
    controller: { kind: 'ReplicaSet', name: `${workload}-1`, uid: 'rs-1' },
    containers: [
      {
        name: 'main',
        type: 'app',
        imageRef: options.imageRef ?? `${REPOSITORY}:1.0.0`,
        imageID: `${REPOSITORY}@${digest}`,
        started: true,
      },
    ],
    resourceVersion,
  };
}

/** A component that the example pods with label `web` belong to. */
export function exampleEntity(name = 'web'): EntityRow {
  return {
    ref: `component:default/${name}`,
    kind: 'component',
    namespace: 'default',
    name,
    title: null,
    type: 'service',
    owner: 'group:default/team-checkout',
    system: null,
    domain: null,
    lifecycle: 'production',
    source_location: null,
    catalog_location: null,
    annotations: JSON.stringify({ 'backstage.io/kubernetes-id': name }),
    hash: `hash-of-${name}`,
    seen_at: '2026-05-01T00:00:00.000Z',
  };
}

/** Registry facts of the example image. */
export function exampleOrigin(
  now: Date,
  subject: ImageSubject = SUBJECT,
): EvidenceOf<'origin'> {
  return {
    subject,
    collector: 'origin',
    kind: 'origin',
    status: 'present',
    observedAt: now.toISOString(),
    detail: {
      kind: 'manifest',
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      sizeBytes: 512,
      children: [],
      parents: [],
      tags: [],
    },
  };
}

/** Provenance of the example image with these checks, built from this repository. */
export function exampleProvenance(
  now: Date,
  options: { checks: TrustCheck[]; repository: string },
): EvidenceOf<'provenance'> {
  const { checks, repository } = options;
  return {
    subject: SUBJECT,
    collector: 'sigstore',
    kind: 'provenance',
    status: 'present',
    observedAt: now.toISOString(),
    detail: {
      statements: [
        {
          predicateType: 'https://slsa.dev/provenance/v1',
          content: {
            type: 'slsaProvenance',
            version: '1',
            claims: {
              builderId: 'https://ci.acme.example/builder',
              buildType: 'https://ci.acme.example/build/v1',
              source: { uri: repository, repository },
              dependencies: 1,
            },
          },
          foundIn: 'attTag',
          carrier: digestOf('d'),
          covers: SUBJECT.digest,
          relation: 'exact',
          signed: true,
          checks,
        },
      ],
      trail: [],
    },
  };
}

/** A complete look at the signatures of the example image with these checks; none means unsigned. */
export function exampleSignature(
  now: Date,
  options: { checks?: TrustCheck[]; subject?: ImageSubject } = {},
): EvidenceOf<'signature'> {
  const { checks, subject = SUBJECT } = options;
  const detail: SignatureDetail = {
    scheme: 'cosign',
    statements: checks
      ? [
          {
            scheme: 'cosign',
            kind: 'signature',
            foundIn: 'sigTag',
            carrier: digestOf('c'),
            covers: subject.digest,
            relation: 'exact',
            checks,
          },
        ]
      : [],
    trail: (['referrers', 'fallbackTag', 'sigTag'] as const).map(place => ({
      place,
      scheme: 'cosign' as const,
      location: place,
      about: subject.digest,
      complete: true,
      found: checks && place === 'sigTag' ? 1 : 0,
    })),
  };
  return {
    subject,
    collector: 'sigstore',
    kind: 'signature',
    status: checks ? 'present' : 'absent',
    observedAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + 24 * 3_600_000).toISOString(),
    detail,
  };
}

/** A look that could not be made. */
export function unavailableSignature(
  now: Date,
  subject: ImageSubject = SUBJECT,
): EvidenceOf<'signature'> {
  return {
    subject,
    collector: 'sigstore',
    kind: 'signature',
    status: 'unavailable',
    reason: 'registryUnavailable',
    observedAt: now.toISOString(),
  };
}

/** A check by which the example trust root vouches. */
export const VERIFIED: TrustCheck = {
  trustRoot: 'release',
  status: 'verified',
  signer: { type: 'key', fingerprint: digestOf('f') },
};

/** A scanner report on the example container. */
/** An SBOM of the image of {@link examplePod}. */
export function exampleSbom(
  options: {
    uid?: string;
    digest?: Digest;
    resourceVersion?: string;
    generatedAt?: string;
    platform?: string;
    components?: SbomComponent[];
    /** Refuses it. */
    reason?: ReasonCode;
  } = {},
): ObservedReport<'sbom'> {
  const { uid = 'sbom-1', resourceVersion = '1', platform, reason } = options;
  const generatedAt = options.generatedAt ?? '2026-05-01T00:00:00.000Z';
  const digest = options.digest ?? SUBJECT.digest;
  const fixed = {
    subject: { type: 'content', digest },
    collector: 'trivy-sboms',
    kind: 'sbom',
    observedAt: generatedAt,
  } as const;
  return {
    uid,
    resourceVersion,
    namespace: 'shop',
    controller: { kind: 'ReplicaSet', name: 'web-1' },
    container: 'main',
    evidence: reason
      ? { ...fixed, status: 'invalid', reason, message: 'a\u0000 message' }
      : {
          ...fixed,
          status: 'present',
          detail: {
            format: 'CycloneDX',
            specVersion: '1.6',
            serialNumber: `urn:uuid:${uid}`,
            generatedAt,
            tool: { name: 'Trivy', version: '0.72.0' },
            artifact: { repository: REPOSITORY, digest },
            ...(platform && { platform }),
            components: options.components ?? [
              { name: 'openssl', version: '3.0.1', licences: ['Apache-2.0'] },
            ],
          },
        },
  };
}

export function exampleReport(
  options: {
    uid?: string;
    digest?: Digest;
    resourceVersion?: string;
    scannedAt?: string;
    fixedVersion?: string;
  } = {},
): ObservedReport {
  const { uid = 'report-1', resourceVersion = '1', fixedVersion } = options;
  const scannedAt = options.scannedAt ?? '2026-05-01T00:00:00.000Z';
  const digest = options.digest ?? SUBJECT.digest;
  return {
    uid,
    resourceVersion,
    namespace: 'shop',
    controller: { kind: 'ReplicaSet', name: 'web-1' },
    container: 'main',
    evidence: {
      subject: { type: 'content', digest },
      collector: 'trivy',
      kind: 'vulnerabilities',
      status: 'present',
      observedAt: scannedAt,
      detail: {
        scanner: { name: 'Trivy', version: '0.60.0' },
        scannedAt,
        artifact: { repository: REPOSITORY, tag: '1.0.0', digest },
        findings: [
          {
            id: 'CVE-2026-0001',
            packageName: 'openssl',
            installedVersion: '3.0.1',
            severity: 'critical',
            ...(fixedVersion && { fixedVersion }),
          },
        ],
      },
    },
  };
}
