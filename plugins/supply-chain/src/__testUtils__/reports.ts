import { schema } from 'backstage-plugin-supply-chain-common';
import { provenanceEvidence, verifiedProvenance } from './provenanceReports';

export const DIGEST = `sha256:${'4be1c77e0d5a91b2'.repeat(4)}`;
export const REPOSITORY = 'registry.acme.example/payments/api';
export const POLICY_DIGEST = `sha256:${'9f2c1e0a'.repeat(8)}`;

export function outcomeCounts(
  counts: Partial<schema.OutcomeCounts> = {},
): schema.OutcomeCounts {
  return {
    pass: 0,
    fail: 0,
    warn: 0,
    unknown: 0,
    waived: 0,
    notApplicable: 0,
    ...counts,
  };
}

export function severityCounts(
  counts: Partial<schema.SeverityCounts> = {},
): schema.SeverityCounts {
  return {
    critical: 0,
    high: 0,
    medium: 0,
    low: 0,
    negligible: 0,
    unknown: 0,
    ...counts,
  };
}

export function placement(
  changes: Partial<schema.Placement> = {},
): schema.Placement {
  return {
    cluster: 'prod-eu',
    namespace: 'payments',
    workloadKind: 'Deployment',
    workloadName: 'api',
    container: 'api',
    containerType: 'app',
    imageRef: `${REPOSITORY}:2.14.1`,
    digestSource: 'imageID',
    pods: 3,
    started: true,
    firstSeen: '2026-11-11T09:31:00Z',
    lastSeen: '2026-11-23T12:00:00Z',
    running: true,
    ...changes,
  };
}

export function verdict(changes: Partial<schema.Verdict> = {}): schema.Verdict {
  return {
    policy: { name: 'default', digest: POLICY_DIGEST },
    outcome: 'fail',
    findings: [
      {
        ruleId: 'image-signed',
        policy: 'default',
        severity: 'high',
        outcome: 'pass',
        message: 'Signed by acme-ci.',
        facts: { trustRoot: 'acme-ci' },
      },
      {
        ruleId: 'no-fixable-vulnerability',
        policy: 'default',
        severity: 'critical',
        outcome: 'fail',
        reason: 'fixableVulnerability',
        message: 'CVE-2026-31337 in libxyz 1.2 is fixed in 1.2.1.',
        facts: { id: 'CVE-2026-31337', overdue: true, days: 9 },
        remediation: {
          who: 'serviceOwner',
          action: 'upgradePackages',
          parameters: {},
        },
      },
    ],
    factsDigest: POLICY_DIGEST,
    waiverDigest: POLICY_DIGEST,
    evaluatedAt: '2026-11-23T12:00:00Z',
    ...changes,
  };
}

export const verifiedSignature: schema.SignatureSummary = {
  status: 'verified',
  scheme: 'cosign',
  signer:
    'https://github.com/acme/payments/.github/workflows/release.yml@refs/tags/v2.14.1',
  trustRoot: 'acme-ci',
  signedAt: '2026-11-11T09:12:44Z',
  foundIn: 'referrers',
  relation: 'exact',
  placesSearched: 4,
  observedAt: '2026-11-23T12:00:00Z',
};

export function imageRow(
  changes: Partial<schema.ImageRow> = {},
): schema.ImageRow {
  return {
    key: 'api',
    imageRef: `${REPOSITORY}:2.14.1`,
    repository: REPOSITORY,
    digest: DIGEST,
    counted: true,
    outcome: 'fail',
    signature: verifiedSignature,
    provenance: verifiedProvenance,
    vulnerabilities: {
      status: 'present',
      counts: severityCounts({ critical: 2, high: 4 }),
      fixable: 3,
      scannedAt: '2026-11-23T09:00:00Z',
      scanner: 'Trivy',
    },
    verdicts: [verdict()],
    counts: outcomeCounts({ pass: 1, fail: 1 }),
    placements: [placement()],
    thirdParty: false,
    ...changes,
  };
}

export const unreadableRow = imageRow({
  key: 'scorer',
  imageRef: 'registry.acme.example/ml/scorer:0.9',
  repository: 'registry.acme.example/ml/scorer',
  digest: `sha256:${'c02d1f6e'.repeat(8)}`,
  outcome: 'unknown',
  signature: {
    status: 'unavailable',
    reason: 'registryRefused',
    placesSearched: 1,
    lastLook: { failedAt: '2026-11-23T11:00:00Z', reason: 'registryRefused' },
  },
  provenance: {
    status: 'unavailable',
    reason: 'registryRefused',
    level: 0,
    levelReasons: [],
  },
  vulnerabilities: { status: 'absent', fixable: 0, reason: 'notScanned' },
  verdicts: [],
  counts: outcomeCounts({ unknown: 2 }),
  placements: [placement({ cluster: 'prod-us', workloadName: 'score' })],
});

function tile(
  question: schema.Tile['question'],
  changes: Partial<schema.Tile> = {},
): schema.Tile {
  return {
    question,
    outcome: 'pass',
    evaluated: true,
    counts: outcomeCounts({ pass: 1, unknown: 1 }),
    reasons: [],
    ...changes,
  };
}

export function entityReport(
  changes: Partial<schema.EntityReport> = {},
): schema.EntityReport {
  return {
    entityRef: 'component:default/payments-api',
    state: 'running',
    outcome: 'fail',
    worst: {
      ruleId: 'no-fixable-vulnerability',
      reason: 'fixableVulnerability',
      outcome: 'fail',
      images: 1,
      of: 2,
    },
    evaluatedAt: '2026-11-23T12:00:00Z',
    pending: 0,
    policies: [{ name: 'default', digest: POLICY_DIGEST }],
    counts: outcomeCounts({ fail: 1, unknown: 1 }),
    clusters: ['prod-eu', 'prod-us'],
    tiles: [
      tile('policy', {
        outcome: 'fail',
        counts: outcomeCounts({ fail: 1, unknown: 1 }),
      }),
      tile('signature', {
        outcome: 'unknown',
        reasons: [
          {
            code: 'registryRefused',
            outcome: 'unknown',
            images: 1,
            example: 'registry.acme.example/ml/scorer:0.9',
          },
        ],
      }),
      tile('provenance', { evaluated: false }),
      tile('registry'),
      tile('vulnerabilities', {
        outcome: 'fail',
        severities: severityCounts({ critical: 2, high: 4 }),
        fixable: 3,
      }),
    ],
    nextSteps: [
      {
        outcome: 'fail',
        reason: 'fixableVulnerability',
        remediation: {
          who: 'serviceOwner',
          action: 'upgradePackages',
          parameters: {},
        },
        owner: 'group:default/team-payments',
        findings: 3,
        images: [
          {
            imageRef: `${REPOSITORY}:2.14.1`,
            repository: REPOSITORY,
            digest: DIGEST,
          },
        ],
      },
      {
        outcome: 'unknown',
        reason: 'registryRefused',
        remediation: {
          who: 'platformTeam',
          action: 'grantPullAccess',
          parameters: {},
        },
        findings: 2,
        images: [
          {
            imageRef: 'registry.acme.example/ml/scorer:0.9',
            repository: 'registry.acme.example/ml/scorer',
          },
        ],
      },
    ],
    images: [imageRow(), unreadableRow],
    sources: [],
    sandbox: false,
    ...changes,
  };
}

export function imageReport(
  changes: Partial<schema.ImageReport> = {},
): schema.ImageReport {
  return {
    repository: REPOSITORY,
    digest: DIGEST,
    imageRefs: [`${REPOSITORY}:2.14.1`],
    platforms: ['linux/amd64'],
    outcome: 'fail',
    evaluatedAt: '2026-11-23T12:00:00Z',
    pending: false,
    signature: verifiedSignature,
    provenance: verifiedProvenance,
    vulnerabilities: imageRow().vulnerabilities,
    verdicts: [verdict()],
    evidence: [
      {
        kind: 'signature',
        collector: 'sigstore',
        status: 'present',
        detail: {
          scheme: 'cosign',
          statements: [
            {
              scheme: 'cosign',
              kind: 'signature',
              foundIn: 'referrers',
              carrier: DIGEST,
              covers: DIGEST,
              relation: 'exact',
              checks: [
                {
                  trustRoot: 'acme-ci',
                  status: 'verified',
                  signedAt: '2026-11-11T09:12:44Z',
                  signer: {
                    type: 'identity',
                    issuer: 'https://token.actions.githubusercontent.com',
                    subject: verifiedSignature.signer,
                    extensions: {
                      sourceRepositoryUri: 'https://github.com/acme/payments',
                    },
                  },
                  transparencyLog: {
                    logIndex: '118204551',
                    logId: 'c0d23d6a',
                    proof: 'inclusionProof',
                  },
                },
              ],
            },
            {
              scheme: 'cosign',
              kind: 'signature',
              foundIn: 'sigTag',
              carrier: DIGEST,
              relation: 'exact',
              checks: [
                {
                  trustRoot: 'acme-ci',
                  status: 'untrustedSigner',
                  reason: 'noMatchingKey',
                },
              ],
            },
          ],
          trail: [
            {
              place: 'referrers',
              scheme: 'cosign',
              location: DIGEST,
              about: DIGEST,
              complete: true,
              found: 3,
            },
            {
              place: 'fallbackTag',
              scheme: 'cosign',
              location: 'sha256-4be1',
              about: DIGEST,
              complete: true,
              found: 0,
            },
            {
              place: 'sigTag',
              scheme: 'cosign',
              location: 'sha256-4be1.sig',
              about: DIGEST,
              complete: false,
              found: 0,
              reason: 'registryTimeout',
            },
          ],
        },
      },
      provenanceEvidence(),
    ],
    placements: [placement()],
    entityRefs: ['component:default/payments-api'],
    reproduce: {
      arguments: [
        'cosign',
        'verify',
        '--certificate-identity',
        "https://github.com/acme/o'brien",
        `${REPOSITORY}@${DIGEST}`,
      ],
      notChecked: ['statementType'],
    },
    sandbox: false,
    ...changes,
  };
}

export function serviceRow(
  changes: Partial<schema.ServiceRow> = {},
): schema.ServiceRow {
  return {
    entityRef: 'component:default/payments-api',
    owner: 'group:default/team-payments',
    system: 'system:default/checkout',
    lifecycle: 'production',
    outcome: 'fail',
    reason: 'noSignature',
    running: true,
    signed: { pass: 2, applicable: 3, unknown: 1 },
    provenance: { pass: 1, applicable: 2, unknown: 1 },
    registry: { pass: 3, applicable: 3, unknown: 0 },
    counts: outcomeCounts({ pass: 3, fail: 1 }),
    clusters: ['prod-eu'],
    changedAt: '2026-11-23T11:56:00Z',
    ...changes,
  };
}

export function overviewReport(
  changes: Partial<schema.Overview> = {},
): schema.Overview {
  return {
    asOf: '2026-11-23T12:00:00Z',
    figures: {
      signed: { pass: 996, applicable: 1000, unknown: 2 },
      builtFromOwnRepository: { pass: 84, applicable: 118, unknown: 5 },
      registryAllowed: { pass: 0, applicable: 0, unknown: 0 },
      scannedFresh: { pass: 5, applicable: 10, unknown: 0 },
      servicesFailing: 3,
      services: 118,
      fixableCritical: 46,
      fixableCriticalOverdue: 11,
      unscanned: 3,
      cannotTell: 6,
      cannotTellReasons: [{ code: 'registryRefused', count: 4 }],
      unlinked: 9,
    },
    checklist: [{ step: 'clusters', done: true, count: 2 }],
    changes: [
      {
        at: '2026-11-23T08:41:00Z',
        entityRef: 'component:default/checkout-web',
        owner: 'group:default/team-checkout',
        outcome: 'fail',
        previousOutcome: 'pass',
        reason: 'noSignature',
      },
    ],
    total: 1,
    items: [serviceRow()],
    facets: {
      owners: ['group:default/team-payments', 'group:default/team-checkout'],
      systems: ['system:default/checkout'],
      lifecycles: ['production'],
      clusters: ['prod-eu'],
    },
    sources: [],
    sandbox: false,
    ...changes,
  };
}
