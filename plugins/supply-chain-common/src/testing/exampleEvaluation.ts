import { EvaluationInput, PolicyRule } from '../policy/types';
import { facts, keyRoot, NOW, policy, rule } from './exampleFacts';

/** Every built-in rule with its usual parameters. */
export const ALL_RULES: PolicyRule[] = [
  rule('image-signed', { allowViaIndex: true, allowFirstUse: false }),
  rule('registry-allowed', { allow: ['registry.acme.example/**'] }),
  rule('digest-pinned', { movingTags: ['latest'] }),
  rule('evidence-fresh', { maxAgeHours: { signature: 24, origin: 24 } }),
  rule('scan-fresh', { maxAgeHours: 24 }),
  rule('no-fixable-vulnerability', {
    severity: 'critical',
    leewayDays: 10,
    since: 'firstFixable',
  }),
];

/** Arguments of the evaluator that pass, with some replaced. */
export function input(
  overrides: Partial<EvaluationInput> = {},
): EvaluationInput {
  return {
    facts: facts(),
    policies: [policy()],
    trustRoots: [keyRoot('release', 'pem')],
    now: NOW,
    ...overrides,
  };
}
