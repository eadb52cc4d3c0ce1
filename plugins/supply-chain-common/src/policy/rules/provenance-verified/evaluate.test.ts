import { ProvenanceStatement } from '../../../model/provenance';
import { BuiltInRuleParameters, PolicyFacts } from '../../types';
import {
  check,
  facts,
  factsWithImage,
  KEY,
  NOW,
  policy,
  sigstoreRoot,
} from '../../../testing/exampleFacts';
import {
  bareStatement,
  claims,
  OWN_WORKFLOW,
  provenance,
  provenanceStatement,
  workflowIdentity,
} from '../../../testing/exampleProvenance';
import { provenanceVerifiedDefinition } from './definition';
import { evaluateProvenanceVerified } from './evaluate';

type Parameters = BuiltInRuleParameters['provenance-verified'];

function run(given: PolicyFacts, parameters: Partial<Parameters> = {}) {
  return evaluateProvenanceVerified({
    facts: given,
    policy: policy(),
    trustRoots: [sigstoreRoot('release', 'https://github.com/acme/**')],
    now: NOW,
    parameters: { minimumLevel: 2, allowSelfHosted: false, ...parameters },
  });
}

const good = provenanceStatement();
const unsigned = bareStatement();
const bad = (signer = workflowIdentity({ buildTrigger: 'schedule' })) =>
  provenanceStatement({ checks: [check({ signer })] });
const of = (...statements: ProvenanceStatement[]) =>
  facts({ provenance: provenance(statements) });
const failed = (
  reason:
    | 'registryRefused'
    | 'rateLimited'
    | 'notCollectedYet'
    | 'evidenceExpired',
) =>
  facts({
    provenance: provenance([], {
      evidence: { status: 'unavailable', reason, detail: undefined },
    }),
  });
const pullRequest = provenanceStatement({
  claims: claims({ trigger: 'pull_request' }),
  checks: [
    check({ signer: workflowIdentity({ buildTrigger: 'pull_request' }) }),
  ],
});

describe('provenance-verified', () => {
  // prettier-ignore
  it.each<[string, PolicyFacts, Partial<Parameters>, string, string | undefined, string | undefined]>([
    ['the build platform says how', of(good), {}, 'pass', undefined, undefined],
    ['the level is too low', of(good), { minimumLevel: 3 }, 'fail', 'levelTooLow', 'raiseBuildLevel'],
    ['nobody signed it', of(unsigned), {}, 'fail', 'provenanceUnsigned', 'raiseBuildLevel'],
    ['nobody signed it and the rule asks for a claim', of(unsigned), { minimumLevel: 1 }, 'pass', undefined, undefined],
    ['nobody signed it and it is of a pull request', of(bareStatement(claims({ trigger: 'pull_request' }))), { minimumLevel: 1 }, 'fail', 'triggerNotAllowed', 'buildFromBranch'],
    ['a stranger signed it', of(provenanceStatement({ checks: [check({ status: 'untrustedSigner', reason: 'identityMismatch' })] })), {}, 'fail', 'provenanceSignerUntrusted', 'raiseBuildLevel'],
    ['it contradicts its certificate', of(bad()), {}, 'fail', 'provenanceContradictsCertificate', 'replaceProvenance'],
    ['its signature is not valid', of(provenanceStatement({ checks: [check({ status: 'invalid', reason: 'signatureMismatch' })] })), {}, 'fail', 'provenanceSignatureInvalid', 'replaceProvenance'],
    ['a pull request made it', of(pullRequest), {}, 'fail', 'triggerNotAllowed', 'buildFromBranch'],
    ['there is none', of(), {}, 'fail', 'noProvenance', 'attestProvenance'],
    ['there is none and the rule asks for nothing', of(), { minimumLevel: 0 }, 'pass', undefined, undefined],
    ['the registry refuses', failed('registryRefused'), {}, 'unknown', 'registryRefused', 'grantPullAccess'],
    ['the registry limits', failed('rateLimited'), {}, 'unknown', 'rateLimited', 'retryRegistry'],
    ['nothing has looked yet', failed('notCollectedYet'), {}, 'unknown', 'notCollectedYet', undefined],
    ['the digest is not known (L4)', factsWithImage({ digest: undefined }), {}, 'unknown', 'digestUnknown', 'reportDigest'],
  ])('when %s', (_condition, given, parameters, outcome, reason, action) => {
    const result = run(given, parameters);
    expect([result.outcome, result.reason, result.remediation?.action]).toEqual([outcome, reason, action]);
  });

  it('cannot tell without a trust root and says who adds one (L37)', () => {
    const context = {
      facts: of(good),
      policy: policy({ trust: undefined }),
      trustRoots: [],
      now: NOW,
      parameters: { minimumLevel: 2, allowSelfHosted: false } as const,
    };
    expect(evaluateProvenanceVerified(context)).toMatchObject({
      outcome: 'unknown',
      reason: 'noTrustRootConfigured',
      remediation: { who: 'platformTeam', action: 'addTrustRoot' },
    });
  });

  it('says what it rests on', () => {
    expect(run(of(good))).toMatchObject({
      message: expect.stringContaining(`level 2, from ${OWN_WORKFLOW}`),
      facts: {
        status: 'verified',
        level: 2,
        builder: OWN_WORKFLOW,
        source: 'https://github.com/acme/web',
        trigger: 'push',
        trustRoot: 'release',
        signer: OWN_WORKFLOW,
        foundIn: 'referrers',
      },
      nextChangeAt: '2026-11-21T11:00:00Z',
    });
    expect(run(of(good), { minimumLevel: 3 }).message).toContain(
      'level 2, expected at least 3 (builderNotIsolated)',
    );
    expect(run(of(bad())).message).toContain('trigger: the certificate says');
    const unnamed = provenanceStatement({
      claims: claims({ builderId: '' }),
      checks: [check({ signer: KEY })],
    });
    expect(run(of(unnamed), { minimumLevel: 0 }).message).toContain(
      'a builder that is not named',
    );
  });

  // prettier-ignore
  it.each([
    ['the same', { builder: OWN_WORKFLOW.replace('v1.0.0', 'v0.9.0'), repository: 'https://github.com/Acme/Web', workflow: '.github/workflows/release.yml' }, 'pass', undefined],
    ['nothing that is known', {}, 'pass', undefined],
    ['another workflow', { workflow: '.github/workflows/old.yml' }, 'warn', 'workflowChanged'],
    ['another workflow that is its own builder', { workflow: '.github/workflows/old.yml', builder: OWN_WORKFLOW.replace('release.yml', 'old.yml') }, 'warn', 'workflowChanged'],
    ['another builder', { builder: 'https://builder.example' }, 'warn', 'builderChanged'],
    ['another repository', { repository: 'https://github.com/acme/old' }, 'warn', 'repositoryChanged'],
    ['an address that is none', { repository: 'old' }, 'warn', 'repositoryChanged'],
  ])('tells a change when the build before it had %s', (_condition, earlier, outcome, reason) => {
    const evidence = provenance([good], { detail: { earlier: { digest: good.carrier, firstSeenAt: '2026-11-01T00:00:00Z', ...earlier } } });
    const result = run(facts({ provenance: evidence }));
    expect([result.outcome, result.reason]).toEqual([outcome, reason]);
    expect(result.remediation?.action).toBe(reason && 'reviewBuildChange');
    expect(result.message).toContain(reason ? Object.values(earlier)[0] : 'level 2');
  });

  it('wants level 2 unless the policy says otherwise', () => {
    const { parameters } = provenanceVerifiedDefinition;
    expect(parameters.parse(undefined)).toEqual({
      minimumLevel: 2,
      allowSelfHosted: false,
    });
    for (const wrong of [
      { minimumLevel: 4 },
      { builders: [] },
      { builders: [{ regexp: '(' }] },
      { verifiers: { UPPER: ['x'] } },
      { level: 2 },
    ]) {
      expect(parameters.safeParse(wrong).success).toBe(false);
    }
  });
});
