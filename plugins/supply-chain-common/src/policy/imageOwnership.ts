import { RemediationOwner } from '../model/finding';
import { matchesAnyImagePattern } from './matchesAnyImagePattern';
import { PolicyFacts, SupplyChainPolicy } from './types';

/**
 * Who answers for an image under a policy (L36).
 *
 * @public
 */
export type ImageOwnership = 'own' | 'thirdParty' | 'platform';

/**
 * Tells own images from third-party ones and from those of the platform (L36). Without `ownImages` every image is ours.
 *
 * @public
 */
export function imageOwnership(
  policy: Pick<SupplyChainPolicy, 'ownImages' | 'platformImages'>,
  image: Pick<PolicyFacts['image'], 'repository'>,
): ImageOwnership {
  const { repository } = image;
  const matches = (patterns: readonly string[]) =>
    repository !== undefined && matchesAnyImagePattern(patterns, repository);
  if (matches(policy.platformImages)) {
    return 'platform';
  }
  return policy.ownImages === undefined || matches(policy.ownImages)
    ? 'own'
    : 'thirdParty';
}

const CHANGED_BY: Record<ImageOwnership, RemediationOwner> = {
  own: 'serviceOwner',
  thirdParty: 'vendor',
  platform: 'platformTeam',
};

/** Who can change what is inside an image. */
export function whoChangesImage(
  policy: SupplyChainPolicy,
  facts: PolicyFacts,
): RemediationOwner {
  return CHANGED_BY[imageOwnership(policy, facts.image)];
}

/** Who can change where and how a workload names its image: the vendor of an image cannot. */
export function whoChangesWorkload(
  policy: SupplyChainPolicy,
  facts: PolicyFacts,
): RemediationOwner {
  return imageOwnership(policy, facts.image) === 'platform'
    ? 'platformTeam'
    : 'serviceOwner';
}
