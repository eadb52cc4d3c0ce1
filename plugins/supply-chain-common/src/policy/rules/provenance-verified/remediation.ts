import { Remediation, RemediationAction } from '../../../model/finding';
import { ReasonCode } from '../../../model/reasonCodes';
import { whoChangesImage } from '../../imageOwnership';
import { RuleContext } from '../rule';

const NEEDS_ACCESS: readonly ReasonCode[] = [
  'registryRefused',
  'accessNotProven',
  'registryNotAllowed',
  'addressNotAllowed',
  'tokenRealmRefused',
  'credentialsWithheld',
];

/** What to do when it could not be found out how an image was made; nothing while the look is queued. */
export function lookRemediation(
  reason: ReasonCode,
  { facts }: Pick<RuleContext, 'facts'>,
): Remediation | undefined {
  const parameters = { repository: facts.image.repository! };
  switch (reason) {
    case 'notCollectedYet':
      return undefined;
    case 'noTrustRootConfigured':
    case 'trustRootUnusable':
      return { who: 'platformTeam', action: 'addTrustRoot', parameters: {} };
    default:
      return {
        who: 'platformTeam',
        action: NEEDS_ACCESS.includes(reason)
          ? 'grantPullAccess'
          : 'retryRegistry',
        parameters,
      };
  }
}

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
