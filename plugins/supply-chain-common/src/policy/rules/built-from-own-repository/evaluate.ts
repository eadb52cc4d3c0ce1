import { RuleContext, RuleResult } from '../rule';
import { subjectProblem } from '../subjectProblem';

/** `built-from-own-repository`: nothing collects provenance yet, so nothing can be told. */
export function evaluateBuiltFromOwnRepository(
  context: RuleContext<'built-from-own-repository'>,
): RuleResult {
  const { imageRef } = context.facts.image;
  return (
    subjectProblem(context.facts) ?? {
      outcome: 'unknown',
      reason: 'notCollectedYet',
      message: `The provenance of "${imageRef}" has not been looked for yet.`,
      facts: { imageRef },
    }
  );
}
