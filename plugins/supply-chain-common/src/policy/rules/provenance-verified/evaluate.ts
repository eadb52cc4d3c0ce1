import { RuleContext, RuleResult } from '../rule';
import { subjectProblem } from '../subjectProblem';

/** `provenance-verified`: nothing collects provenance yet, so nothing can be told. */
export function evaluateProvenanceVerified(
  context: RuleContext<'provenance-verified'>,
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
