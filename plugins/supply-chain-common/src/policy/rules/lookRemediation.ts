import { Remediation } from '../../model/finding';
import { ReasonCode } from '../../model/reasonCodes';
import { RuleContext } from './rule';

const NEEDS_ACCESS: readonly ReasonCode[] = [
  'registryRefused',
  'accessNotProven',
  'registryNotAllowed',
  'addressNotAllowed',
  'tokenRealmRefused',
  'credentialsWithheld',
];

/** What to do when a look at a registry gave no answer; nothing while the look is queued. */
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
