import { facts, policy, rule } from '../../testing/exampleFacts';
import { input } from '../../testing/exampleEvaluation';
import { provenance } from '../../testing/exampleProvenance';
import { evaluatePolicies } from './evaluatePolicies';

describe('verifying an image (L29)', () => {
  it('asks who signed it and how it was made, and nothing else', () => {
    const rules = [
      rule('image-signed', { allowViaIndex: true, allowFirstUse: false }),
      rule('provenance-verified', { minimumLevel: 2, allowSelfHosted: false }),
      rule('built-from-own-repository', { hostAliases: {} }),
      rule('scan-fresh', { maxAgeHours: 24 }),
    ];
    const { outcome, verdicts } = evaluatePolicies(
      input({
        scope: 'signatures',
        policies: [policy({ rules })],
        facts: facts({ provenance: provenance([]) }),
      }),
    );
    expect(outcome).toBe('fail');
    expect(
      verdicts[0].findings.map(each => [each.ruleId, each.reason]),
    ).toEqual([
      ['image-signed', undefined],
      ['provenance-verified', 'noProvenance'],
      ['built-from-own-repository', 'noExpectedSource'],
    ]);
  });
});
