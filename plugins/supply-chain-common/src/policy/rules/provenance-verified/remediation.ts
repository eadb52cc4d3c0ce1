import { Remediation, RemediationAction } from '../../../model/finding';
import { whoChangesImage } from '../../imageOwnership';
import { RuleContext } from '../rule';

/** What those who build an image do about its provenance. */
export function provenanceRemediation(
  action: RemediationAction,
  { facts, policy }: Pick<RuleContext, 'facts' | 'policy'>,
): Remediation {
  const { repository, digest } = facts.image;
  return {
    who: whoChangesImage(policy, facts),
    action,
    parameters: { image: `${repository}@${digest}` },
  };
}
