import { Digest } from '../model/digest';
import { EvidenceOf } from '../model/evidence';
import { OriginDetail } from '../model/origin';
import {
  PlaceLook,
  SignedStatement,
  Signer,
  TrustCheck,
} from '../model/signature';
import {
  VulnerabilityDetail,
  VulnerabilityFinding,
} from '../model/vulnerability';
import {
  PolicyFacts,
  PolicyRule,
  SupplyChainPolicy,
  TrustRoot,
} from '../policy/types';

// Builders for tests of policy and summaries; nothing outside tests imports this file.

export const NOW = new Date('2026-11-20T12:00:00Z');
export const DIGEST = `sha256:${'1'.repeat(64)}` as Digest;
export const OTHER_DIGEST = `sha256:${'2'.repeat(64)}` as Digest;
export const INDEX_DIGEST = `sha256:${'3'.repeat(64)}` as Digest;
export const REPOSITORY = 'registry.acme.example/shop/web';

export const KEY: Signer = { type: 'key', fingerprint: 'sha256:aa' };
export const OTHER_KEY: Signer = { type: 'key', fingerprint: 'sha256:bb' };

export function identity(subject: string): Signer {
  return {
    type: 'identity',
    issuer: 'https://token.actions.githubusercontent.com',
    subject,
    extensions: {},
  };
}

export function keyRoot(name: string, ...contents: string[]): TrustRoot {
  return {
    name,
    digest: `sha256:${name}`,
    warnings: [],
    spec: {
      type: 'keys',
      keys: contents.map(content => ({
        material: { content, source: 'key.pub' },
      })),
      transparencyLog: 'none',
      timestamps: 'none',
    },
  };
}

export function sigstoreRoot(name: string, ...globs: string[]): TrustRoot {
  return {
    name,
    digest: `sha256:${name}`,
    warnings: [],
    spec: {
      type: 'sigstore',
      trustedRoot: { content: '{}', source: 'trusted_root.json' },
      transparencyLog: 'required',
      timestamps: 'whenPresent',
      signedCertificateTimestamps: 'required',
      identities: globs.map(glob => ({
        issuer: 'https://token.actions.githubusercontent.com',
        subject: { glob },
      })),
    },
  };
}

export function policy(
  overrides: Partial<SupplyChainPolicy> = {},
): SupplyChainPolicy {
  return {
    name: 'default',
    match: {},
    mode: 'audit',
    onUnknown: 'deny',
    platformImages: [],
    sourceRepositories: [],
    waivers: {},
    trust: { type: 'any', of: ['release'] },
    rules: [
      rule('image-signed', { allowViaIndex: true, allowFirstUse: false }),
    ],
    digest: 'sha256:policy',
    ...overrides,
  };
}

export function rule<K extends PolicyRule['use']>(
  use: K,
  parameters: Extract<PolicyRule, { use: K }>['with'],
  overrides: Partial<PolicyRule> = {},
): PolicyRule {
  return {
    use,
    id: use,
    severity: 'high',
    with: parameters,
    ...overrides,
  } as PolicyRule;
}

export function facts(overrides: Partial<PolicyFacts> = {}): PolicyFacts {
  return {
    image: {
      imageRef: `${REPOSITORY}:1.0.0`,
      repository: REPOSITORY,
      digest: DIGEST,
      digestSource: 'imageID',
      platform: 'linux/amd64',
      started: true,
      containerType: 'app',
    },
    where: { cluster: 'prod-eu', namespace: 'shop' },
    entity: {
      ref: 'component:default/web',
      kind: 'Component',
      namespace: 'default',
      name: 'web',
      type: 'service',
      lifecycle: 'production',
      owner: 'group:default/team-checkout',
      system: 'shop',
    },
    origin: origin(),
    signatures: [signatures([statement(check())])],
    scans: [scan()],
    scanner: { status: 'ok' },
    vulnerabilityClocks: [],
    ...overrides,
  };
}

/** Of an index that runs on two platforms, of which one is scanned. */
export function halfScanned(
  findings: VulnerabilityFinding[],
  overrides: Partial<PolicyFacts> & { scannedAt?: string } = {},
): PolicyFacts {
  const { scannedAt, ...others } = overrides;
  const children = [
    { digest: DIGEST, platform: 'linux/amd64' },
    { digest: OTHER_DIGEST, platform: 'linux/arm64' },
  ];
  return factsWithImage(
    { digest: INDEX_DIGEST, platform: 'linux/amd64,linux/arm64' },
    {
      origin: origin({ kind: 'index', children }),
      scans: [scan({ findings, ...(scannedAt && { scannedAt }) })],
      ...others,
    },
  );
}

export function factsWithImage(
  image: Partial<PolicyFacts['image']>,
  overrides: Partial<PolicyFacts> = {},
): PolicyFacts {
  const base = facts(overrides);
  return { ...base, image: { ...base.image, ...image } };
}

const SUBJECT = {
  type: 'image',
  repository: REPOSITORY,
  digest: DIGEST,
} as const;

export function origin(
  overrides: Partial<OriginDetail> = {},
): EvidenceOf<'origin'> {
  return {
    subject: SUBJECT,
    collector: 'origin',
    kind: 'origin',
    status: 'present',
    observedAt: '2026-11-20T11:00:00Z',
    detail: {
      kind: 'manifest',
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      sizeBytes: 1,
      children: [],
      parents: [],
      tags: [],
      ...overrides,
    },
  };
}

export function check(overrides: Partial<TrustCheck> = {}): TrustCheck {
  return {
    trustRoot: 'release',
    status: 'verified',
    signer: KEY,
    ...overrides,
  };
}

export function statement(...checks: TrustCheck[]): SignedStatement {
  return {
    scheme: 'cosign',
    kind: 'signature',
    foundIn: 'referrers',
    carrier: DIGEST,
    covers: DIGEST,
    relation: 'exact',
    checks,
  };
}

export function look(overrides: Partial<PlaceLook> = {}): PlaceLook {
  return {
    place: 'referrers',
    scheme: 'cosign',
    location: DIGEST,
    about: DIGEST,
    complete: true,
    found: 0,
    ...overrides,
  };
}

export const COMPLETE_TRAIL = [look(), look({ place: 'sigTag' })];

export function signatures(
  statements: SignedStatement[],
  options: {
    trail?: PlaceLook[];
    evidence?: Partial<EvidenceOf<'signature'>>;
  } = {},
): EvidenceOf<'signature'> {
  return {
    subject: SUBJECT,
    collector: 'sigstore',
    kind: 'signature',
    status: statements.length > 0 ? 'present' : 'absent',
    observedAt: '2026-11-20T11:00:00Z',
    expiresAt: '2026-11-21T11:00:00Z',
    detail: {
      scheme: 'cosign',
      statements,
      trail: options.trail ?? COMPLETE_TRAIL,
    },
    ...options.evidence,
  };
}

export function scan(
  detail: Partial<VulnerabilityDetail> = {},
  evidence: Partial<EvidenceOf<'vulnerabilities'>> = {},
): EvidenceOf<'vulnerabilities'> {
  return {
    subject: { type: 'content', digest: DIGEST },
    collector: 'trivy',
    kind: 'vulnerabilities',
    status: 'present',
    observedAt: '2026-11-20T11:00:00Z',
    detail: {
      scanner: { name: 'Trivy' },
      scannedAt: '2026-11-20T06:00:00Z',
      artifact: { repository: REPOSITORY, tag: '1.0.0', digest: DIGEST },
      findings: [],
      ...detail,
    },
    ...evidence,
  };
}

export function vulnerability(
  overrides: Partial<VulnerabilityFinding> = {},
): VulnerabilityFinding {
  return {
    id: 'CVE-2026-1000',
    packageName: 'openssl',
    installedVersion: '3.0.1',
    fixedVersion: '3.0.2',
    severity: 'critical',
    ...overrides,
  };
}
