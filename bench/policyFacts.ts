import {
  Digest,
  PolicyFacts,
  SEVERITIES_WORST_FIRST,
  VulnerabilityFinding,
} from 'backstage-plugin-supply-chain-common';

export const NOW = new Date('2026-11-20T12:00:00Z');

const OBSERVED = '2026-11-20T11:00:00Z';

/** Images of a fleet: most with a few dozen vulnerabilities, one in a hundred with hundreds. */
export function exampleImages(start: number, count: number): PolicyFacts[] {
  return Array.from({ length: count }, (_, each) => exampleImage(start + each));
}

function exampleImage(index: number): PolicyFacts {
  const digest = `sha256:${index.toString(16).padStart(64, '0')}` as Digest;
  const repository = `registry.acme.example/shop/service-${index % 500}`;
  const subject = { type: 'image', repository, digest } as const;
  return {
    image: {
      imageRef: `${repository}:1.${index}.0`,
      repository,
      digest,
      digestSource: 'imageID',
      platform: 'linux/amd64',
      started: true,
      containerType: 'app',
    },
    where: { cluster: 'prod-eu', namespace: 'shop' },
    entity: {
      ref: `component:default/service-${index % 500}`,
      kind: 'Component',
      namespace: 'default',
      name: `service-${index % 500}`,
      lifecycle: 'production',
      owner: 'group:default/team-checkout',
    },
    origin: {
      subject,
      collector: 'origin',
      kind: 'origin',
      status: 'present',
      observedAt: OBSERVED,
      detail: {
        kind: 'manifest',
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        sizeBytes: 1000,
        children: [],
        parents: [],
        tags: [],
      },
    },
    signatures: [signature(subject)],
    scans: [scan(index, repository, digest)],
    scanner: { status: 'ok' },
    vulnerabilityClocks: [],
  };
}

function signature(
  subject: PolicyFacts['signatures'][number]['subject'],
): PolicyFacts['signatures'][number] {
  return {
    subject,
    collector: 'contentTrust',
    kind: 'signature',
    status: 'present',
    observedAt: OBSERVED,
    expiresAt: '2026-11-21T11:00:00Z',
    detail: {
      scheme: 'contentTrust',
      trail: [],
      statements: [
        {
          scheme: 'contentTrust',
          kind: 'signature',
          foundIn: 'contentTrust',
          carrier: (subject as { digest: Digest }).digest,
          covers: (subject as { digest: Digest }).digest,
          relation: 'exact',
          checks: [
            {
              trustRoot: 'release',
              status: 'verified',
              signer: { type: 'key', fingerprint: 'sha256:aa' },
              signedAt: '2026-11-19T12:00:00Z',
            },
          ],
        },
      ],
    },
  };
}

function scan(
  index: number,
  repository: string,
  digest: Digest,
): PolicyFacts['scans'][number] {
  const count = index % 100 === 0 ? 400 : 10 + (index % 50);
  return {
    subject: { type: 'content', digest },
    collector: 'trivy',
    kind: 'vulnerabilities',
    status: 'present',
    observedAt: OBSERVED,
    detail: {
      scanner: { name: 'Trivy' },
      scannedAt: '2026-11-20T06:00:00Z',
      artifact: { repository, digest },
      findings: Array.from({ length: count }, (_, each) => finding(each)),
    },
  };
}

function finding(index: number): VulnerabilityFinding {
  return {
    id: `CVE-2026-${1000 + index}`,
    packageName: `package-${index}`,
    installedVersion: '1.0.0',
    // Critical ones are rare, and half of all have a fix.
    severity: SEVERITIES_WORST_FIRST[1 + (index % 5)],
    ...(index % 2 === 0 && { fixedVersion: '1.0.1' }),
    score: (index % 10) + 0.5,
    publishedAt: '2026-11-15T00:00:00Z',
  };
}
