import { createHash, generateKeyPairSync } from 'node:crypto';
import {
  EvidenceOf,
  SbomComponent,
} from 'backstage-plugin-supply-chain-common';
import { digestOf, hoursAgo } from './StoredWorld';

const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const fingerprint = `sha256:${createHash('sha256')
  .update(publicKey.export({ type: 'spki', format: 'der' }))
  .digest('hex')}`;

/** The key the example's images are signed with. */
export const EXAMPLE_KEY_PEM = publicKey
  .export({ type: 'spki', format: 'pem' })
  .toString();

/** Repositories and digests of the example world. */
export const IMAGES = {
  payments: {
    repository: 'registry.acme.example/shop/payments',
    digest: digestOf('a'),
  },
  /** Run by services of different teams. */
  proxy: {
    repository: 'registry.acme.example/base/proxy',
    digest: digestOf('b'),
  },
  ledger: {
    repository: 'registry.vault.example/secret/ledger',
    digest: digestOf('c'),
  },
  tool: {
    repository: 'registry.acme.example/tools/cron',
    digest: digestOf('d'),
  },
  batch: {
    repository: 'registry.acme.example/shop/batch',
    digest: digestOf('e'),
  },
};

/** Another image of a repository that everybody uses, run by the hidden service alone. */
export const HIDDEN_PROXY = {
  repository: IMAGES.proxy.repository,
  digest: digestOf('9'),
};

/** A verified signature by the example's key. */
export function signatureOf(
  image: (typeof IMAGES)['payments'],
): EvidenceOf<'signature'> {
  return {
    subject: { type: 'image', ...image },
    collector: 'sigstore',
    kind: 'signature',
    status: 'present',
    observedAt: hoursAgo(1),
    detail: {
      scheme: 'cosign',
      statements: [
        {
          scheme: 'cosign',
          kind: 'signature',
          foundIn: 'sigTag',
          carrier: digestOf('1'),
          covers: image.digest,
          relation: 'exact',
          checks: [
            {
              trustRoot: 'acme-release-key',
              status: 'verified',
              signer: { type: 'key', fingerprint },
            },
          ],
        },
      ],
      trail: [
        {
          place: 'sigTag',
          scheme: 'cosign',
          location: `sha256-${'a'.repeat(64)}.sig`,
          about: image.digest,
          complete: true,
          found: 1,
        },
      ],
    },
  };
}

/** Provenance signed by the example's key: built from a repository the policy lists. */
export function provenanceOf(
  image: (typeof IMAGES)['payments'],
): EvidenceOf<'provenance'> {
  const { detail } = signatureOf(image);
  const repository = 'https://github.com/acme/payments';
  return {
    subject: { type: 'image', ...image },
    collector: 'sigstore',
    kind: 'provenance',
    status: 'present',
    observedAt: hoursAgo(1),
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
          carrier: digestOf('2'),
          covers: image.digest,
          relation: 'exact',
          signed: true,
          checks: detail!.statements[0].checks,
        },
      ],
      trail: detail!.trail,
    },
  };
}

/** Registry facts with what tags resolve to. */
export function originOf(
  image: (typeof IMAGES)['payments'],
  tags: string[],
): EvidenceOf<'origin'> {
  return {
    subject: { type: 'image', ...image },
    collector: 'origin',
    kind: 'origin',
    status: 'present',
    observedAt: hoursAgo(1),
    detail: {
      kind: 'manifest',
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      sizeBytes: 1_000,
      children: [],
      parents: [],
      tags: tags.map(tag => ({ tag, digest: image.digest })),
    },
  };
}

/** A scan with four findings, two of them critical and one of these fixable. */
export function scanOf(
  image: (typeof IMAGES)['payments'],
): EvidenceOf<'vulnerabilities'> {
  return {
    subject: { type: 'content', digest: image.digest },
    collector: 'trivy',
    kind: 'vulnerabilities',
    status: 'present',
    observedAt: hoursAgo(2),
    detail: {
      scanner: { name: 'Trivy', version: '0.60.0' },
      scannedAt: hoursAgo(2),
      artifact: { repository: image.repository, digest: image.digest },
      platform: 'linux/amd64',
      findings: [
        {
          id: 'CVE-2026-0003',
          packageName: 'zlib',
          installedVersion: '1.2.0',
          severity: 'low',
        },
        {
          id: 'CVE-2026-0001',
          packageName: 'openssl',
          installedVersion: '3.0.0',
          fixedVersion: '3.0.1',
          severity: 'critical',
          title: 'A buffer overflow',
          publishedAt: '2026-01-01T00:00:00.000Z',
        },
        {
          id: 'CVE-2026-0002',
          packageName: 'busybox',
          installedVersion: '1.36.0',
          severity: 'critical',
        },
        {
          id: 'CVE-2026-0004',
          packageName: 'curl',
          installedVersion: '8.0.0',
          fixedVersion: '8.0.2',
          severity: 'medium',
        },
      ],
    },
  };
}

/** A scan that finds something of its own, and what others have worse and with a fix. */
export function sbomOf(
  { repository, digest }: (typeof IMAGES)['payments'],
  components: SbomComponent[] = [
    { name: 'api', group: '@opentelemetry', version: '1.9.0' },
    { name: 'busybox', version: '1.36.0', licences: ['GPL-2.0-only'] },
    {
      name: 'openssl',
      version: '3.0.0',
      purl: 'pkg:apk/alpine/openssl@3.0.0',
      type: 'library',
      licences: ['Apache-2.0'],
    },
  ],
): EvidenceOf<'sbom'> {
  return {
    subject: { type: 'content', digest },
    collector: 'trivy-sboms',
    kind: 'sbom',
    status: 'present',
    observedAt: hoursAgo(3),
    detail: {
      format: 'CycloneDX',
      specVersion: '1.6',
      generatedAt: hoursAgo(3),
      tool: { name: 'Trivy', version: '0.72.0' },
      artifact: { repository, digest },
      platform: 'linux/amd64',
      components,
    },
  };
}

export function hiddenScanOf(
  image: (typeof IMAGES)['ledger'],
): EvidenceOf<'vulnerabilities'> {
  const scan = scanOf(image);
  return {
    ...scan,
    detail: {
      ...scan.detail!,
      findings: [
        {
          id: 'CVE-2026-0002',
          packageName: 'busybox',
          installedVersion: '1.36.0',
          fixedVersion: '1.36.1',
          severity: 'critical',
        },
        {
          id: 'CVE-2026-0003',
          aliases: ['GHSA-0000-0000-vault'],
          packageName: 'zlib',
          installedVersion: '1.2.0',
          severity: 'high',
        },
        {
          id: 'CVE-2026-0999',
          packageName: 'ledger',
          installedVersion: '1.0.0',
          severity: 'critical',
        },
      ],
    },
  };
}
