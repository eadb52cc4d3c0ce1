import { matchesAnyImagePattern } from '../../matchesAnyImagePattern';
import { whoChangesWorkload } from '../../imageOwnership';
import { RuleContext, RuleResult } from '../rule';
import { unreadableReference } from '../subjectProblem';

/** `registry-allowed`: the repository of the reference and that of the pulled image are on the list (L1). */
export function evaluateRegistryAllowed({
  facts,
  policy,
  parameters,
}: RuleContext<'registry-allowed'>): RuleResult {
  const { repository, imageIDRepository } = facts.image;
  const repositories = [repository, imageIDRepository].filter(
    (each): each is string => each !== undefined,
  );
  const refused = repositories.find(
    each => !matchesAnyImagePattern(parameters.allow, each),
  );
  if (refused !== undefined) {
    return {
      outcome: 'fail',
      reason: 'repositoryNotAllowed',
      message: `The repository "${refused}" is not on the list of the policy.`,
      facts: { repository: refused },
      remediation: {
        who: whoChangesWorkload(policy, facts),
        action: 'useAllowedRegistry',
        parameters: {
          repository: refused,
          allowed: parameters.allow.join(', '),
        },
      },
    };
  }
  if (repository === undefined) {
    return unreadableReference(facts);
  }
  return {
    outcome: 'pass',
    message: `The repository "${repository}" is on the list of the policy.`,
    facts: { repository, ...(imageIDRepository && { imageIDRepository }) },
  };
}
