import fc from 'fast-check';
import { OUTCOMES_WORST_FIRST } from '../../model/outcome';
import {
  check,
  factsWithImage,
  policy,
  scan,
  signatures,
  statement,
  vulnerability,
} from '../../testing/exampleFacts';
import { ALL_RULES, input } from '../../testing/exampleEvaluation';
import { RULE_REASONS, RuleReasons } from '../rules/ruleReasons';
import { BuiltInRuleId, PolicyFacts } from '../types';
import { evaluatePolicies } from './evaluatePolicies';

describe('any evaluation', () => {
  const anyStatement = fc
    .record({
      trustRoot: fc.constantFrom('release', 'other'),
      status: fc.constantFrom(
        'verified' as const,
        'untrustedSigner' as const,
        'invalid' as const,
        'expired' as const,
      ),
    })
    .map(({ trustRoot, status }) =>
      statement(
        check({
          trustRoot,
          status,
          ...(status !== 'verified' && { reason: 'malformedPayload' }),
        }),
      ),
    );
  const anyFinding = fc
    .record({
      id: fc.constantFrom('CVE-1', 'CVE-2', 'CVE-3'),
      severity: fc.constantFrom(
        'critical' as const,
        'high' as const,
        'unknown' as const,
      ),
      fixedVersion: fc.option(fc.constant('2'), { nil: undefined }),
      publishedAt: fc.option(
        fc.constantFrom('2026-10-01T00:00:00Z', '2026-11-19T00:00:00Z'),
        { nil: undefined },
      ),
    })
    .map(vulnerability);
  const anyScan = fc
    .record({
      scannedAt: fc.constantFrom(
        '2026-11-20T06:00:00Z',
        '2026-10-20T06:00:00Z',
      ),
      findings: fc.array(anyFinding, { maxLength: 4 }),
      isOther: fc.boolean(),
    })
    .map(({ isOther, ...detail }) =>
      scan({ ...detail, ...(isOther && { artifact: {} }) }),
    );
  const anyFacts = fc
    .record({
      statements: fc.array(anyStatement, { maxLength: 4 }),
      scans: fc.array(anyScan, { maxLength: 3 }),
      repository: fc.constantFrom(
        'registry.acme.example/shop/web',
        'docker.io/library/nginx',
      ),
      imageRef: fc.constantFrom(
        'registry.acme.example/shop/web:latest',
        'registry.acme.example/shop/web:1',
      ),
    })
    .map(({ statements, scans, ...image }) =>
      factsWithImage(image, { signatures: [signatures(statements)], scans }),
    );
  const evaluate = (given: PolicyFacts) =>
    evaluatePolicies(
      input({ facts: given, policies: [policy({ rules: ALL_RULES })] }),
    );
  const rank = (given: PolicyFacts) =>
    OUTCOMES_WORST_FIRST.indexOf(evaluate(given).outcome);

  it('gives the same for the same, whatever the order of scans and signatures (L20)', () => {
    fc.assert(
      fc.property(anyFacts, given => {
        const result = evaluate(given);
        expect(evaluate(structuredClone(given))).toEqual(result);
        const reversed = { ...given, scans: [...given.scans].reverse() };
        const strip = ({ verdicts }: typeof result) =>
          verdicts.map(({ factsDigest, ...rest }) => rest);
        expect(strip(evaluate(reversed))).toEqual(strip(result));
      }),
    );
  });

  it('gives only the reasons that its documentation names', () => {
    fc.assert(
      fc.property(anyFacts, given => {
        for (const { findings } of evaluate(given).verdicts) {
          for (const { use, outcome, reason } of findings) {
            const documented: RuleReasons = RULE_REASONS[use as BuiltInRuleId];
            expect(
              outcome === 'pass' ||
                documented[outcome as keyof RuleReasons]?.includes(reason!),
            ).toBe(true);
          }
        }
      }),
    );
  });

  it('never improves when something bad is added', () => {
    fc.assert(
      fc.property(anyFacts, anyFinding, (given, finding) => {
        const worse = {
          ...given,
          scans: given.scans.map(each => ({
            ...each,
            detail: {
              ...each.detail!,
              findings: [...each.detail!.findings, finding],
            },
          })),
        };
        expect(rank(worse)).toBeLessThanOrEqual(rank(given));
        const bad = statement(
          check({ status: 'invalid', reason: 'malformedPayload' }),
        );
        const [evidence] = given.signatures;
        const withBad = {
          ...given,
          signatures: [signatures([...evidence.detail!.statements, bad])],
        };
        expect(rank(withBad)).toBeLessThanOrEqual(rank(given));
      }),
    );
  });

  it('never improves when evidence cannot be read', () => {
    fc.assert(
      fc.property(anyFacts, given => {
        const unreadable = {
          ...given,
          signatures: [
            signatures([], {
              evidence: {
                status: 'unavailable',
                reason: 'registryUnavailable',
                detail: undefined,
              },
            }),
          ],
        };
        expect(evaluate(unreadable).outcome).not.toBe('pass');
      }),
    );
  });
});
