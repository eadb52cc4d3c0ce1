import fc from 'fast-check';
import { BuildClaims, ProvenanceStatement } from '../../model/provenance';
import { TrustCheck } from '../../model/signature';
import {
  check,
  KEY,
  OTHER_DIGEST,
  REPOSITORY,
} from '../../testing/exampleFacts';
import {
  bareStatement,
  claims,
  COMMIT,
  GENERATOR,
  OWN_WORKFLOW,
  provenanceStatement,
  SOURCE,
  SUBJECT,
  workflowIdentity,
} from '../../testing/exampleProvenance';
import { buildLevelOf, ProvenanceParameters } from './buildLevelOf';

type Case = {
  claims?: Partial<BuildClaims>;
  certificate?: Record<string, string>;
  check?: Partial<TrustCheck>;
  parameters?: Partial<ProvenanceParameters>;
};

function level(given: Case = {}) {
  const signer = workflowIdentity(given.certificate);
  return buildLevelOf({
    statement: provenanceStatement({ claims: claims(given.claims) }),
    check: check({ signer, ...given.check }),
    subject: SUBJECT,
    parameters: { allowSelfHosted: false, ...given.parameters },
  });
}

const byGenerator: Case = {
  claims: { builderId: GENERATOR },
  certificate: { buildSignerUri: GENERATOR },
};
const generator = (name: string, ref = 'refs/tags/v2.1.0') => {
  const uri = GENERATOR.replace('container', name).replace(/@.*/, `@${ref}`);
  return { claims: { builderId: uri }, certificate: { buildSignerUri: uri } };
};
const shared = 'https://github.com/acme/pipelines/.github/workflows/build.yml';

describe('the level of provenance with a certificate', () => {
  // prettier-ignore
  it.each<[string, Case, string, number, string[]]>([
    ['of the workflow that signed', {}, 'verified', 2, ['builderNotIsolated']],
    ['of an isolated builder at a release', byGenerator, 'verified', 3, []],
    ['of an isolated builder at a branch (case 84)', generator('container', 'refs/heads/main'), 'verified', 2, ['builderNotReleased']],
    ['of an isolated builder at a candidate', generator('container', 'refs/tags/v2.1.0-rc.1'), 'verified', 2, ['builderNotReleased']],
    ['of an isolated builder on a runner of unknown kind', { ...byGenerator, certificate: { buildSignerUri: GENERATOR, runnerEnvironment: '' } }, 'verified', 2, ['runnerNotHosted']],
    ['of the generator that takes hashes', generator('generic'), 'verified', 3, ['hashesFromCaller']],
    ['of an own builder elsewhere that the rule lists', { claims: { builderId: `${shared}@refs/tags/v1.0.0` }, certificate: { buildSignerUri: `${shared}@refs/tags/v1.0.0` }, parameters: { isolatedBuilders: [shared] } }, 'verified', 3, []],
    ['of a listed builder in the repository it builds', { claims: {}, parameters: { isolatedBuilders: [{ glob: 'https://github.com/acme/web/**' }] } }, 'verified', 2, ['builderInOwnRepository']],
    ['of a listed builder in the repository of the caller', { ...byGenerator, certificate: { buildSignerUri: GENERATOR, buildConfigUri: 'https://github.com/slsa-framework/slsa-github-generator/.github/workflows/release.yml@refs/tags/v1.0.0' }, claims: { builderId: GENERATOR, workflow: undefined } }, 'verified', 2, ['builderInOwnRepository']],
    ['that names the workflow without its revision', { claims: { builderId: OWN_WORKFLOW.replace(/@.*/, '') } }, 'verified', 2, ['builderNotIsolated']],
    ['that names the platform', { claims: { builderId: 'https://github.com/actions/runner/github-hosted' } }, 'verified', 2, ['builderNotIsolated']],
    ['that names another kind of platform', { claims: { builderId: 'https://github.com/actions/runner/self-hosted' } }, 'claimed', 1, ['builderNotProven']],
    ['that names a builder the certificate does not (case 83)', { claims: { builderId: GENERATOR } }, 'claimed', 1, ['builderNotProven']],
    ['that names a listed builder the certificate does not', { claims: { builderId: GENERATOR }, parameters: { builders: [GENERATOR] } }, 'claimed', 1, ['builderNotProven']],
    ['of a builder that is not listed', { parameters: { builders: [GENERATOR] } }, 'claimed', 1, ['builderNotListed']],
    ['of a builder that is listed without its revision', { parameters: { builders: [OWN_WORKFLOW.replace(/@.*/, '')] } }, 'verified', 2, ['builderNotIsolated']],
    ['of a self-hosted runner (case 41)', { certificate: { runnerEnvironment: 'self-hosted' } }, 'verified', 1, ['runnerSelfHosted']],
    ['of a self-hosted runner that is allowed', { certificate: { runnerEnvironment: 'self-hosted' }, parameters: { allowSelfHosted: true } }, 'verified', 2, ['builderNotIsolated']],
    ['of a run somebody logged in to', { certificate: { runnerEnvironment: 'ssh-rerun' }, parameters: { allowSelfHosted: true } }, 'verified', 1, ['runnerNotHosted']],
    ['that names no builder', { claims: { builderId: '' } }, 'verified', 0, ['builderUnnamed']],
    ['that a delegator signed for the builder that called it', { claims: { builderId: `${shared}@refs/tags/v1.0.0` }, certificate: { buildSignerUri: GENERATOR.replace('generator_container', 'delegator_generic') } }, 'verified', 2, ['builderNotIsolated']],
    ['whose signature is of a foreign signer', { check: { status: 'untrustedSigner', reason: 'identityMismatch' } }, 'untrustedSigner', 1, ['provenanceSignerUntrusted', 'identityMismatch']],
    ['whose signature is of a foreign signer and that names no builder', { claims: { builderId: '' }, check: { status: 'untrustedSigner', reason: 'identityMismatch' } }, 'untrustedSigner', 0, ['provenanceSignerUntrusted', 'identityMismatch', 'builderUnnamed']],
    ['whose signature is not valid', { check: { status: 'invalid', reason: 'signatureMismatch' } }, 'invalid', 0, ['provenanceSignatureInvalid', 'signatureMismatch']],
    ['whose certificate is expired', { check: { status: 'expired', reason: 'certificateNotValidAtSigning' } }, 'invalid', 0, ['provenanceSignatureInvalid', 'certificateNotValidAtSigning']],
    ['under a root that cannot be used', { check: { status: 'unavailable', reason: 'trustRootUnusable' } }, 'unavailable', 0, ['trustRootUnusable']],
  ])('%s', (_condition, given, status, expected, reasons) => {
    expect(level(given)).toMatchObject({ status, level: expected, reasons });
  });

  // prettier-ignore
  it.each<[string, Case]>([
    ['source repository', { claims: { source: { uri: 'https://github.com/acme/other', repository: 'https://github.com/acme/other' } } }],
    ['source repository', { claims: { source: { uri: 'gs://bucket/source.tgz' } } }],
    ['commit', { certificate: { sourceRepositoryDigest: 'B'.repeat(40) } }],
    ['ref', { certificate: { sourceRepositoryRef: 'refs/heads/main' } }],
    ['repository id', { certificate: { sourceRepositoryIdentifier: '5' } }],
    ['owner id', { certificate: { sourceRepositoryOwnerIdentifier: '5' } }],
    ['workflow', { certificate: { buildConfigUri: `${SOURCE}/.github/workflows/other.yml@refs/tags/v1` } }],
    ['trigger', { certificate: { buildTrigger: 'workflow_dispatch' } }],
    ['run', { certificate: { runInvocationUri: `${SOURCE}/actions/runs/2/attempts/1` } }],
  ])('is none where the certificate names another %s', (what, given) => {
    const result = level(given);
    expect(result).toMatchObject({ status: 'mismatch', level: 0, reasons: ['provenanceContradictsCertificate'] });
    expect(result.contradiction).toMatch(new RegExp(`^${what}: `));
  });

  it('does not take another spelling for a contradiction', () => {
    expect(
      level({
        certificate: {
          sourceRepositoryUri: 'https://github.com/Acme/Web.git',
          sourceRepositoryDigest: COMMIT.toUpperCase(),
        },
        claims: {
          invocationId: '1-1',
          workflow: 'Dockerfile',
          source: { uri: SOURCE, repository: SOURCE, ref: 'main' },
        },
      }),
    ).toMatchObject({ status: 'verified', level: 2 });
  });

  it('reads the five extensions of old certificates', () => {
    const signer = workflowIdentity(
      {},
      {
        extensions: {
          githubWorkflowRepository: 'acme/other',
          githubWorkflowRef: 'refs/tags/v1.0.0',
        },
      },
    );
    expect(level({ check: { signer } })).toMatchObject({ status: 'mismatch' });
    expect(
      level({ check: { signer: { ...signer, issuer: 'https://ci.example' } } }),
    ).toMatchObject({ status: 'verified' });
  });

  it('knows the runners of a GitLab project', () => {
    const project = 'https://gitlab.com/acme/web';
    const config = `${project}//.gitlab-ci.yml@refs/heads/main`;
    const signer = workflowIdentity(
      {},
      {
        issuer: 'https://gitlab.com',
        subject: config,
        extensions: {
          buildSignerUri: config,
          sourceRepositoryUri: project,
          runnerEnvironment: 'gitlab-hosted',
        },
      },
    );
    const source = { uri: project, repository: project };
    const by = (builderId: string) =>
      level({ claims: { builderId, source }, check: { signer } });
    expect(by(`${project}/-/runners/12`)).toMatchObject({
      status: 'verified',
      level: 2,
    });
    expect(by('https://gitlab.com/evil/web/-/runners/12').reasons).toEqual([
      'builderNotProven',
    ]);
  });
});

describe('the level of provenance with a key or a person', () => {
  const tekton = 'https://tekton.dev/chains/v2';
  const mail = workflowIdentity(
    {},
    { subject: 'ci@acme.example', extensions: {} },
  );

  // prettier-ignore
  it.each<[string, Case, string, number, string[]]>([
    ['without a list of builders', {}, 'verified', 1, ['builderNotBound']],
    ['that speaks for a listed builder', { parameters: { builders: [tekton] } }, 'verified', 2, ['builderNotIsolated']],
    ['that speaks for a builder that isolates, which a key cannot prove', { parameters: { builders: [tekton], isolatedBuilders: [tekton] } }, 'verified', 2, ['builderNotIsolated']],
    ['that speaks for another builder', { parameters: { builders: ['https://other.example'] } }, 'claimed', 1, ['builderNotListed']],
    ['that says the runner is its own', { claims: { runnerEnvironment: 'self-hosted' }, parameters: { builders: [tekton] } }, 'verified', 1, ['runnerSelfHosted']],
  ])('%s', (_condition, given, status, expected, reasons) => {
    for (const signer of [KEY, mail]) {
      expect(level({ ...given, claims: { builderId: tekton, ...given.claims }, check: { signer } })).toMatchObject({ status, level: expected, reasons });
    }
  });
});

describe('what speaks against a build', () => {
  // prettier-ignore
  it.each<[string, Case, string | undefined]>([
    ['a push', {}, undefined],
    ['a pull request (case 40)', { claims: { trigger: 'pull_request_target' }, certificate: { buildTrigger: 'pull_request_target' } }, 'triggerNotAllowed'],
    ['a pull request only the certificate names', { claims: { trigger: undefined }, certificate: { buildTrigger: 'pull_request' } }, 'triggerNotAllowed'],
    ['the ref of a pull request', { claims: { source: undefined }, certificate: { sourceRepositoryRef: 'refs/pull/7/merge' } }, 'pullRequestRef'],
    ['a trigger that is not on the list', { parameters: { triggers: ['release'] } }, 'triggerNotAllowed'],
    ['a trigger that is on the list', { parameters: { triggers: ['push'] } }, undefined],
    ['no trigger where there is a list', { claims: { trigger: undefined }, certificate: { buildTrigger: '' }, parameters: { triggers: ['push'] } }, 'triggerNotAllowed'],
    ['a pull request that is on the list', { claims: { trigger: 'pull_request', source: undefined }, certificate: { buildTrigger: 'pull_request', sourceRepositoryRef: 'refs/pull/7/merge' }, parameters: { triggers: ['pull_request'] } }, undefined],
  ])('%s', (_condition, given, objection) => {
    expect(level(given).objection).toBe(objection);
  });
});

describe('a verification summary', () => {
  const verifier = 'https://verifier.acme.example/v1';
  const listed = { verifiers: { release: [verifier] } };
  const summary = (overrides: object = {}): ProvenanceStatement =>
    provenanceStatement({
      content: {
        type: 'verificationSummary',
        summary: {
          verifierId: verifier,
          resourceUri: REPOSITORY,
          result: 'PASSED',
          verifiedLevels: ['SLSA_BUILD_LEVEL_2', 'SLSA_BUILD_LEVEL_3', 'OTHER'],
          ...overrides,
        },
      },
    });

  // prettier-ignore
  it.each<[string, ProvenanceStatement, Partial<ProvenanceParameters>, string, number, string[]]>([
    ['gives the level it states', summary(), listed, 'verified', 3, []],
    ['may name the digest', summary({ resourceUri: `oci://${REPOSITORY}@${SUBJECT.digest}` }), listed, 'verified', 3, []],
    ['names no level', summary({ verifiedLevels: [] }), listed, 'verified', 0, ['summaryWithoutLevel']],
    ['says FAILED', summary({ result: 'FAILED' }), listed, 'invalid', 0, ['summaryFailed']],
    ['is about another repository', summary({ resourceUri: `${REPOSITORY}-other` }), listed, 'mismatch', 0, ['summaryOtherResource']],
    ['is about another digest', summary({ resourceUri: `${REPOSITORY}@${OTHER_DIGEST}` }), listed, 'mismatch', 0, ['summaryOtherResource']],
    ['is of another verifier', summary({ verifierId: 'https://evil.example' }), listed, 'claimed', 1, ['verifierNotListed']],
    ['is of a verifier of another root', summary(), { verifiers: { other: [verifier] } }, 'claimed', 1, ['verifierNotListed']],
    ['is of a verifier nobody listed', summary({ verifiedLevels: [] }), {}, 'claimed', 0, ['verifierNotListed']],
    ['is not signed', { ...summary(), signed: false, covers: undefined }, listed, 'claimed', 0, ['provenanceUnsigned']],
    ['cannot be read', { ...summary(), content: { type: 'unreadable', message: 'x' } }, listed, 'invalid', 0, ['provenanceUnreadable']],
    ['cannot be read and is not signed', { ...summary(), signed: false, content: { type: 'unreadable', message: 'x' } }, listed, 'claimed', 0, ['provenanceUnreadable']],
  ])('%s', (_condition, statement, parameters, status, expected, reasons) => {
    const result = buildLevelOf({ statement, check: check({ signer: KEY }), subject: SUBJECT, parameters: { allowSelfHosted: false, ...parameters } });
    expect(result).toMatchObject({ status, level: expected, reasons });
  });

  it('that cannot be read is what its signature is', () => {
    const result = buildLevelOf({
      statement: {
        ...summary(),
        content: { type: 'unreadable', message: 'x' },
      },
      check: check({ status: 'invalid', reason: 'malformedBundle' }),
      subject: SUBJECT,
      parameters: { allowSelfHosted: false },
    });
    expect(result.reasons).toEqual([
      'provenanceSignatureInvalid',
      'malformedBundle',
    ]);
  });
});

describe('what nobody signed', () => {
  it('is a claim at level 1 at most, whatever it says and the rule allows', () => {
    const builder = fc.constantFrom('', GENERATOR, OWN_WORKFLOW);
    const signer = fc.option(
      fc.constantFrom(KEY, workflowIdentity(byGenerator.certificate)),
      { nil: undefined },
    );
    fc.assert(
      fc.property(
        builder,
        fc.string(),
        signer,
        fc.boolean(),
        (builderId, buildType, by, allowSelfHosted) => {
          const result = buildLevelOf({
            statement: bareStatement(claims({ builderId, buildType })),
            check: by && check({ signer: by }),
            subject: SUBJECT,
            parameters: {
              allowSelfHosted,
              builders: [{ glob: '**' }],
              isolatedBuilders: [{ glob: '**' }],
            },
          });
          expect(result.status).toBe('claimed');
          expect(result.level).toBe(builderId && buildType ? 1 : 0);
          expect(result.reasons[0]).toBe('provenanceUnsigned');
        },
      ),
    );
  });
});
