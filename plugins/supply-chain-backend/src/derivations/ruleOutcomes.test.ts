import { Finding, Outcome } from 'backstage-plugin-supply-chain-common';
import { ruleOutcomesOf, worstRuleOutcomes } from './ruleOutcomes';

const verdict = (outcome: Outcome, ...rules: Outcome[]) => ({
  outcome,
  findings: rules.map(each => ({ outcome: each } as Finding)),
});

describe('what rules come to', () => {
  it('is written as one digit each, and read as it was', () => {
    const written = ruleOutcomesOf(
      verdict('fail', 'pass', 'fail', 'notApplicable'),
    );
    expect(written).toBe('0405');
    expect(worstRuleOutcomes([written], 3)).toEqual({
      verdict: 'fail',
      rules: ['pass', 'fail', 'notApplicable'],
    });
  });

  it('is the worst of several places, rule by rule (L18)', () => {
    const places = [
      ruleOutcomesOf(verdict('warn', 'pass', 'warn')),
      ruleOutcomesOf(verdict('unknown', 'unknown', 'waived')),
    ];
    expect(worstRuleOutcomes(places, 2)).toEqual({
      verdict: 'unknown',
      rules: ['unknown', 'warn'],
    });
  });

  it('is nothing under a policy with another number of rules', () => {
    expect(worstRuleOutcomes(['040', '04'], 2)).toBeUndefined();
    expect(worstRuleOutcomes([], 0)).toBeUndefined();
  });
});
