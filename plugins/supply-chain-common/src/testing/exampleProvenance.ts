import { EvidenceOf } from '../model/evidence';
import {
  BuildClaims,
  ProvenanceDetail,
  ProvenanceStatement,
} from '../model/provenance';
import { Signer } from '../model/signature';
import { check, DIGEST, INDEX_DIGEST, look, REPOSITORY } from './exampleFacts';

// Provenance for tests of policy and summaries; nothing outside tests imports this file.

export const SOURCE = 'https://github.com/acme/web';
export const WORKFLOW = '.github/workflows/release.yml';
export const REF = 'refs/tags/v1.0.0';
export const COMMIT = 'a'.repeat(40);
export const OWN_WORKFLOW = `${SOURCE}/${WORKFLOW}@${REF}`;
export const GENERATOR =
  'https://github.com/slsa-framework/slsa-github-generator/.github/workflows/generator_container_slsa3.yml@refs/tags/v2.1.0';
export const SUBJECT = { repository: REPOSITORY, digest: DIGEST };

export function claims(overrides: Partial<BuildClaims> = {}): BuildClaims {
  return {
    builderId: OWN_WORKFLOW,
    buildType: 'https://actions.github.io/buildtypes/workflow/v1',
    source: {
      uri: `git+${SOURCE}@${REF}`,
      repository: SOURCE,
      ref: REF,
      commit: COMMIT,
    },
    workflow: WORKFLOW,
    trigger: 'push',
    repositoryId: '1234',
    ownerId: '99',
    invocationId: `${SOURCE}/actions/runs/1/attempts/1`,
    dependencies: 1,
    ...overrides,
  };
}

/** The identity Fulcio gives a run of GitHub Actions. */
export function workflowIdentity(
  extensions: Record<string, string> = {},
  overrides: Partial<Extract<Signer, { type: 'identity' }>> = {},
): Extract<Signer, { type: 'identity' }> {
  const signerUri = extensions.buildSignerUri ?? OWN_WORKFLOW;
  return {
    type: 'identity',
    issuer: 'https://token.actions.githubusercontent.com',
    subject: signerUri,
    extensions: {
      buildSignerUri: signerUri,
      runnerEnvironment: 'github-hosted',
      sourceRepositoryUri: SOURCE,
      sourceRepositoryDigest: COMMIT,
      sourceRepositoryRef: REF,
      sourceRepositoryIdentifier: '1234',
      sourceRepositoryOwnerIdentifier: '99',
      buildConfigUri: OWN_WORKFLOW,
      buildTrigger: 'push',
      runInvocationUri: `${SOURCE}/actions/runs/1/attempts/1`,
      ...extensions,
    },
    ...overrides,
  };
}

export function provenanceStatement(
  overrides: Partial<ProvenanceStatement> & { claims?: BuildClaims } = {},
): ProvenanceStatement {
  const { claims: said, ...rest } = overrides;
  return {
    predicateType: 'https://slsa.dev/provenance/v1',
    content: { type: 'slsaProvenance', version: '1', claims: said ?? claims() },
    foundIn: 'referrers',
    carrier: DIGEST,
    covers: DIGEST,
    relation: 'exact',
    signed: true,
    checks: [check({ signer: workflowIdentity() })],
    ...rest,
  };
}

/** What BuildKit writes: nobody signed it. */
export function bareStatement(
  said: BuildClaims = claims(),
  overrides: Partial<ProvenanceStatement> = {},
): ProvenanceStatement {
  return provenanceStatement({
    claims: said,
    foundIn: 'indexEntry',
    carrier: INDEX_DIGEST,
    signed: false,
    checks: [],
    ...overrides,
  });
}

export function provenance(
  statements: ProvenanceStatement[],
  options: {
    detail?: Partial<ProvenanceDetail>;
    evidence?: Partial<EvidenceOf<'provenance'>>;
  } = {},
): EvidenceOf<'provenance'> {
  return {
    subject: { type: 'image', ...SUBJECT },
    collector: 'sigstore',
    kind: 'provenance',
    status: statements.length > 0 ? 'present' : 'absent',
    observedAt: '2026-11-20T11:00:00Z',
    expiresAt: '2026-11-21T11:00:00Z',
    detail: {
      statements,
      trail: [look(), look({ place: 'attTag' })],
      ...options.detail,
    },
    ...options.evidence,
  };
}
