import {
  facts,
  factsWithImage,
  keyRoot,
  NOW,
  policy,
  rule,
  scan,
  signatures,
  vulnerability,
} from '../../testing/exampleFacts';
import { ALL_RULES, input } from '../../testing/exampleEvaluation';
import { EvaluationInput, PolicyFacts, PolicyRule } from '../types';
import { evaluatePolicies } from './evaluatePolicies';
import { evaluatePolicy } from './evaluatePolicy';
import { undecidedEvaluation } from './undecidedEvaluation';

const unsigned = facts({ signatures: [signatures([])] });
describe('evaluatePolicies', () => {
  it('cannot tell when no policy was ever loaded (L18)', () => {
    expect(evaluatePolicies(input({ policies: [] }))).toEqual({
      outcome: 'unknown',
      reason: 'noPolicy',
      verdicts: [],
    });
  });

  it('does not cover what no policy matches (L18)', () => {
    const policies = [policy({ match: { clusters: ['elsewhere'] } })];
    expect(evaluatePolicies(input({ policies }))).toEqual({
      outcome: 'notApplicable',
      reason: 'noPolicyMatches',
      verdicts: [],
    });
  });

  it('takes the worst of the policies that match, each under its own roots (L18)', () => {
    const result = evaluatePolicies(
      input({
        policies: [
          policy({ name: 'a' }),
          policy({ name: 'b', trust: { type: 'any', of: ['vendor'] } }),
          policy({ name: 'c', match: { clusters: ['elsewhere'] } }),
        ],
        trustRoots: [keyRoot('release', 'pem'), keyRoot('vendor', 'pem')],
      }),
    );
    expect(result.outcome).toBe('fail');
    expect(result.reason).toBe('noSignature');
    expect(
      result.verdicts.map(({ policy: { name }, outcome }) => [name, outcome]),
    ).toEqual([
      ['a', 'pass'],
      ['b', 'fail'],
    ]);
  });

  it('gives a verdict with everything that repeats it (L20)', () => {
    const { verdicts } = evaluatePolicies(
      input({ policies: [policy({ title: 'Production' })] }),
    );
    expect(verdicts).toEqual([
      {
        policy: {
          name: 'default',
          title: 'Production',
          digest: 'sha256:policy',
        },
        outcome: 'pass',
        findings: [
          expect.objectContaining({
            ruleId: 'image-signed',
            use: 'image-signed',
            policy: 'default',
            severity: 'high',
            outcome: 'pass',
          }),
        ],
        signature: { status: 'verified' },
        factsDigest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
        // printf '[]' | sha256sum
        waiverDigest:
          'sha256:4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945',
        evaluatedAt: '2026-11-20T12:00:00.000Z',
        nextChangeAt: '2026-11-21T11:00:00Z',
      },
    ]);
  });

  it('looks at signatures only where that is the scope (L29)', () => {
    const policies = [policy({ rules: ALL_RULES })];
    const ids = (scope?: 'all' | 'signatures') =>
      evaluatePolicies(input({ policies, scope })).verdicts[0].findings.map(
        ({ ruleId }) => ruleId,
      );
    expect(ids('signatures')).toEqual(['image-signed']);
    expect(ids('all')).toHaveLength(6);
    expect(ids()).toHaveLength(6);
  });

  it('is not applicable where the scope leaves no rule', () => {
    const policies = [policy({ rules: [ALL_RULES[2]] })];
    expect(
      evaluatePolicies(input({ policies, scope: 'signatures' })),
    ).toMatchObject({ outcome: 'notApplicable', reason: 'noPolicyMatches' });
  });

  it('names what had no context (L29)', () => {
    const policies = [policy({ match: { clusters: ['prod-*'] } })];
    const given = facts({ where: undefined });
    expect(
      evaluatePolicies(input({ policies, facts: given })).verdicts[0]
        .contextMissing,
    ).toEqual(['clusters']);
  });

  it('says nothing of signatures where the policy does not, or there is no digest', () => {
    const status = (overrides: Partial<EvaluationInput>) =>
      evaluatePolicies(input(overrides)).verdicts[0].signature;
    const pinned = [rule('digest-pinned', { movingTags: [] })];
    expect(status({ policies: [policy({ rules: pinned })] })).toEqual({
      status: 'verified',
    });
    expect(
      status({ policies: [policy({ rules: pinned, trust: undefined })] }),
    ).toBeUndefined();
    expect(
      status({ facts: factsWithImage({ digest: undefined }) }),
    ).toBeUndefined();
    expect(
      status({ facts: factsWithImage({ repository: undefined }) }),
    ).toBeUndefined();
  });

  it('cannot tell when a rule throws (L19)', () => {
    const broken = rule('registry-allowed', {
      allow: undefined as unknown as string[],
    });
    expect(
      evaluatePolicies(input({ policies: [policy({ rules: [broken] })] })),
    ).toMatchObject({ outcome: 'unknown', reason: 'ruleError' });
  });
});

describe('effectiveOn', () => {
  const effectiveOn = '2026-12-01T00:00:00.000Z';
  const warned = (given: PolicyFacts, rules: PolicyRule[], now = NOW) =>
    evaluatePolicies(
      input({ facts: given, policies: [policy({ rules })], now }),
    ).verdicts[0];
  const signed = rule(
    'image-signed',
    { allowViaIndex: true, allowFirstUse: false },
    { effectiveOn },
  );

  it('turns a fail into a warning until then (L21)', () => {
    const verdict = warned(unsigned, [signed]);
    expect(verdict).toMatchObject({
      outcome: 'warn',
      findings: [{ outcome: 'warn', reason: 'noSignature', effectiveOn }],
    });
    const { findings } = warned(
      {
        ...unsigned,
        signatures: [signatures([], { evidence: { expiresAt: undefined } })],
      },
      [signed],
      new Date(effectiveOn),
    );
    expect(findings[0].outcome).toBe('fail');
  });

  it('leaves everything else as it is and wakes when the rule comes into force', () => {
    const verdict = warned(facts(), [signed]);
    expect(verdict.findings[0]).toMatchObject({ outcome: 'pass' });
    expect(verdict.findings[0].effectiveOn).toBeUndefined();
    const pinned = rule('digest-pinned', { movingTags: [] }, { effectiveOn });
    expect(warned(facts(), [pinned]).nextChangeAt).toBe(effectiveOn);
  });

  it('postpones the end of a leeway that would come first, not one that comes later', () => {
    const given = facts({
      scans: [
        scan({
          findings: [vulnerability({ publishedAt: '2026-11-15T00:00:00Z' })],
        }),
      ],
    });
    const limit = (leewayDays: number) =>
      rule(
        'no-fixable-vulnerability',
        { severity: 'critical', leewayDays, since: 'firstFixable' },
        { effectiveOn },
      );
    expect(warned(given, [limit(10)]).findings[0].effectiveOn).toBe(
      effectiveOn,
    );
    expect(warned(given, [limit(30)]).findings[0].effectiveOn).toBe(
      '2026-12-15T00:00:00.000Z',
    );
  });
});

describe('evaluatePolicy', () => {
  it('does not apply where the policy does not match', () => {
    const verdict = evaluatePolicy({
      facts: facts(),
      policy: policy({ match: { namespaces: ['elsewhere'] } }),
      trustRoots: [],
      now: NOW,
    });
    expect(verdict).toMatchObject({
      outcome: 'notApplicable',
      reason: 'noPolicyMatches',
      findings: [],
    });
    expect(verdict.factsDigest).toMatch(/^sha256:/);
  });
});

describe('undecidedEvaluation', () => {
  it.each([
    ['ruleTimeout', 'did not end in time'],
    ['ruleError', 'ended with an error'],
  ] as const)(
    'says %s for every rule of every matching policy (L19)',
    (reason, text) => {
      const policies = [
        policy({ rules: ALL_RULES, title: 'Production' }),
        policy({ name: 'other', match: { clusters: ['elsewhere'] } }),
      ];
      const result = undecidedEvaluation(input({ policies }), reason);
      expect(result).toMatchObject({ outcome: 'unknown', reason });
      expect(result.verdicts).toHaveLength(1);
      expect(
        result.verdicts[0].findings.map(each => [each.outcome, each.reason]),
      ).toEqual(ALL_RULES.map(() => ['unknown', reason]));
      expect(result.verdicts[0].findings[0].message).toContain(text);
    },
  );

  it('has no rule to name without policies or matches', () => {
    expect(
      undecidedEvaluation(input({ policies: [] }), 'ruleTimeout'),
    ).toMatchObject({ reason: 'noPolicy' });
    const policies = [policy({ match: { clusters: ['elsewhere'] } })];
    expect(
      undecidedEvaluation(input({ policies }), 'ruleTimeout'),
    ).toMatchObject({ outcome: 'notApplicable' });
  });
});
