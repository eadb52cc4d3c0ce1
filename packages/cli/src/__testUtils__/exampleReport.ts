import { Digest } from 'backstage-plugin-supply-chain-common';
import { VerifyReport, VerifyResult } from '../report';
import { ReportedFinding } from '../report/verifyReport';

const DIGEST = `sha256:${'a'.repeat(64)}` as Digest;

/** What one rule said. */
export function exampleFinding(
  changes: Partial<ReportedFinding> = {},
): ReportedFinding {
  return {
    ruleId: 'image-signed',
    title: 'Signed by a trusted root',
    policy: 'default',
    severity: 'critical',
    outcome: 'fail',
    reason: 'noSignature',
    message: 'The image has no signature.',
    remediation: {
      who: 'serviceOwner',
      action: 'signImage',
      command: ['cosign', 'sign', `registry.acme.example/shop/web@${DIGEST}`],
    },
    ...changes,
  };
}

/** A finding that a waiver covers. */
export function waivedFinding(
  changes: Partial<ReportedFinding> = {},
): ReportedFinding {
  return exampleFinding({
    ruleId: 'scan-fresh',
    title: 'Scanned lately',
    severity: 'medium',
    outcome: 'waived',
    reason: 'scanStale',
    message: 'The last scan is older than 24 hours.',
    waiver: {
      name: 'sec-412',
      source: 'git',
      reason: 'The scanner moves house',
      ticket: 'SEC-412',
      approvedBy: 'user:default/platform',
      expires: '2026-12-03T12:00:00Z',
      outcome: 'fail',
    },
    ...changes,
  });
}

/** What was found out about one image. */
export function exampleResult(
  changes: Partial<VerifyResult> = {},
): VerifyResult {
  const repository = 'registry.acme.example/shop/web';
  return {
    image: `${repository}:1.4.0`,
    subject: { repository, digest: DIGEST },
    digestSource: 'tagResolvedNow',
    platform: 'linux/amd64',
    outcome: 'fail',
    reason: 'noSignature',
    signature: {
      status: 'unsigned',
      reason: 'noSignature',
      signatures: [],
      trail: [],
    },
    vulnerabilities: {
      status: 'present',
      counts: {
        critical: 1,
        high: 2,
        medium: 0,
        low: 0,
        negligible: 0,
        unknown: 0,
      },
      fixable: 1,
      scannedAt: '2026-11-20T12:00:00Z',
      scanner: 'Trivy',
    },
    deploy: `${repository}@${DIGEST}`,
    findings: [
      exampleFinding(),
      exampleFinding({
        ruleId: 'registry-allowed',
        title: 'From a registry on the list',
        outcome: 'pass',
        reason: undefined,
        message: 'The registry is on the list.',
        remediation: undefined,
      }),
      exampleFinding({
        ruleId: 'no-fixable-vulnerability',
        title: 'No fixable vulnerability',
        severity: 'high',
        outcome: 'warn',
        reason: 'fixableVulnerabilityInLeeway',
        message: 'There is 1 to fix.',
        effectiveOn: '2026-12-01T00:00:00Z',
      }),
      exampleFinding({
        ruleId: 'provenance-verified',
        policy: 'second',
        title: 'Provenance verified',
        outcome: 'unknown',
        reason: 'registryUnavailable',
        message: 'The registry does not answer.',
      }),
      waivedFinding(),
      exampleFinding({
        ruleId: 'built-from-own-repository',
        title: 'Built from our repository',
        outcome: 'notApplicable',
        reason: 'thirdPartyImage',
        message: 'The image is third-party.',
      }),
    ],
    factsDigest: DIGEST,
    waiverDigest: DIGEST,
    contextMissing: ['clusters'],
    ...changes,
  };
}

/** An image that no policy covers. */
export function notCoveredResult(): VerifyResult {
  return exampleResult({
    image: 'registry.acme.example/shop/other:1.0.0',
    subject: { repository: 'registry.acme.example/shop/other' },
    outcome: 'notApplicable',
    reason: 'noPolicyMatches',
    digestSource: 'none',
    deploy: undefined,
    vulnerabilities: undefined,
    findings: [],
    contextMissing: [],
  });
}

/** A report over some images. */
export function exampleReport(
  results: VerifyResult[] = [exampleResult()],
): VerifyReport {
  return {
    schemaVersion: 1,
    tool: { name: 'backstage-supply-chain-cli', version: '0.1.0' },
    evaluatedAt: '2026-11-21T12:00:00.000Z',
    clock: 'system',
    policies: [{ name: 'default', digest: DIGEST }],
    results,
  };
}

/** A report in which every text from outside is this one. */
export function hostileReport(text: string): VerifyReport {
  const texts = { title: text, policy: text, message: text, ruleId: text };
  return exampleReport([
    exampleResult({
      image: text,
      subject: { repository: `registry.acme.example/${text}`, digest: DIGEST },
      signature: {
        status: 'untrustedSigner',
        reason: 'identityMismatch',
        signatures: [
          {
            scheme: 'cosign',
            status: 'untrustedSigner',
            reason: 'identityMismatch',
            signer: text,
            issuer: text,
            trustRoot: text,
            foundIn: 'referrers',
            relation: 'exact',
          },
        ],
        trail: [],
      },
      provenance: {
        status: 'mismatch',
        level: 1,
        source: text,
        builder: text,
        reasons: [text],
      },
      findings: [
        exampleFinding(texts),
        exampleFinding({ ...texts, outcome: 'unknown' }),
        exampleFinding({ ...texts, outcome: 'warn' }),
        exampleFinding({ ...texts, outcome: 'notApplicable' }),
        waivedFinding({
          ...texts,
          waiver: {
            ...waivedFinding().waiver!,
            name: text,
            reason: text,
            ticket: text,
            approvedBy: text,
          },
        }),
      ],
      contextMissing: [text],
    }),
  ]);
}
