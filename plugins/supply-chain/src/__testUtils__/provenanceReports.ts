import { schema } from 'backstage-plugin-supply-chain-common';

const DIGEST = `sha256:${'4be1c77e0d5a91b2'.repeat(4)}`;
const EARLIER_DIGEST = `sha256:${'77aa90d310c5b2e4'.repeat(4)}`;
const COMMIT = '1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d';
const WORKFLOW =
  'https://github.com/acme/payments/.github/workflows/release.yml@refs/tags/v2.14.1';
const RUN = 'https://github.com/acme/payments/actions/runs/7/attempts/1';

export const verifiedProvenance: schema.ProvenanceSummary = {
  status: 'verified',
  level: 2,
  levelReasons: ['builderNotIsolated'],
  source: 'https://github.com/acme/payments',
  expectedSource: 'https://github.com/acme/payments',
  ref: 'refs/tags/v2.14.1',
  commit: COMMIT,
  builder: WORKFLOW,
  buildType: 'https://actions.github.io/buildtypes/workflow/v1',
  workflow: '.github/workflows/release.yml',
  trigger: 'push',
  run: RUN,
  runnerEnvironment: 'github-hosted',
  signer: WORKFLOW,
  trustRoot: 'acme-ci',
  signedAt: '2026-11-11T09:12:44Z',
  foundIn: 'referrers',
  relation: 'exact',
  predicateType: 'https://slsa.dev/provenance/v1',
  observedAt: '2026-11-23T12:00:00Z',
};

/** A check by the CI of acme whose certificate proves the build. */
const check = {
  trustRoot: 'acme-ci',
  status: 'verified',
  signedAt: '2026-11-11T09:12:44Z',
  signer: {
    type: 'identity',
    issuer: 'https://token.actions.githubusercontent.com',
    subject: WORKFLOW,
    extensions: {
      sourceRepositoryUri: 'https://github.com/acme/payments',
      sourceRepositoryDigest: COMMIT,
      sourceRepositoryRef: 'refs/tags/v2.14.1',
      sourceRepositoryIdentifier: '48151623',
      buildSignerUri: WORKFLOW,
      buildConfigUri: WORKFLOW,
      buildTrigger: 'push',
      runnerEnvironment: 'github-hosted',
      runInvocationUri: RUN,
    },
  },
};

const claims = {
  builderId: WORKFLOW,
  buildType: verifiedProvenance.buildType,
  source: {
    uri: 'git+https://github.com/acme/payments@refs/tags/v2.14.1',
    repository: 'https://github.com/acme/payments',
    ref: 'refs/tags/v2.14.1',
    commit: COMMIT,
  },
  workflow: '.github/workflows/release.yml',
  trigger: 'push',
  invocationId: RUN,
  dependencies: 1,
};

/** The build as `changes` would have written it. */
export function provenanceStatement(changes: object = {}) {
  return {
    predicateType: 'https://slsa.dev/provenance/v1',
    content: {
      type: 'slsaProvenance',
      version: '1',
      claims: { ...claims, ...changes },
    },
    foundIn: 'referrers',
    carrier: DIGEST,
    covers: DIGEST,
    relation: 'exact',
    signed: true,
    checks: [check],
  };
}

/** An SBOM, a summary of a verifier nobody lists and a bare statement of BuildKit. */
const otherStatements = [
  {
    ...provenanceStatement(),
    predicateType: 'https://spdx.dev/Document/v2.3',
    content: { type: 'other' },
  },
  {
    ...provenanceStatement(),
    predicateType: 'https://slsa.dev/verification_summary/v1',
    content: {
      type: 'verificationSummary',
      summary: {
        verifierId: 'https://verifier.acme.example/v1',
        timeVerified: '2026-11-11T10:00:00Z',
        resourceUri: 'pkg:oci/payments',
        policyUri: 'https://acme.example/policy',
        result: 'PASSED',
        verifiedLevels: ['SLSA_BUILD_LEVEL_3'],
      },
    },
    checks: [
      { ...check, status: 'untrustedSigner', reason: 'identityMismatch' },
    ],
  },
  {
    ...provenanceStatement(),
    predicateType: 'https://slsa.dev/provenance/v0.2',
    content: { type: 'unreadable', message: 'builder: required' },
    foundIn: 'indexEntry',
    signed: false,
    checks: [],
  },
];

export function provenanceEvidence(
  statements: object[] = [provenanceStatement()],
) {
  return {
    kind: 'provenance',
    collector: 'sigstore',
    status: 'present',
    detail: {
      statements: [...statements, ...otherStatements],
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
          place: 'indexEntry',
          scheme: 'cosign',
          location: DIGEST,
          about: EARLIER_DIGEST,
          complete: true,
          found: 1,
        },
      ],
      earlier: {
        digest: EARLIER_DIGEST,
        firstSeenAt: '2026-10-01T12:00:00Z',
        builder: WORKFLOW.replace('v2.14.1', 'v2.14.0'),
        repository: 'https://github.com/acme/payments-old',
        repositoryId: '48151623',
        workflow: '.github/workflows/release.yml',
      },
    },
  };
}
