import {
  factsWithImage,
  NOW,
  policy,
  REPOSITORY,
} from '../../../testing/exampleFacts';
import { PolicyFacts } from '../../types';
import { registryAllowedDefinition } from './definition';
import { evaluateRegistryAllowed } from './evaluate';

function run(
  image: Partial<PolicyFacts['image']>,
  platformImages: string[] = [],
) {
  return evaluateRegistryAllowed({
    facts: factsWithImage(image),
    policy: policy({ platformImages }),
    trustRoots: [],
    now: NOW,
    parameters: { allow: ['registry.acme.example/**', 'quay.io/acme/*'] },
  });
}

describe('registry-allowed', () => {
  // prettier-ignore
  it.each<[string, Partial<PolicyFacts['image']>, string, string | undefined]>([
    ['the repository is on the list', {}, 'pass', undefined],
    ['the digest is not known', { digest: undefined }, 'pass', undefined],
    ['both repositories are on the list', { imageIDRepository: 'quay.io/acme/web' }, 'pass', undefined],
    ['the repository is not on the list', { repository: 'docker.io/library/nginx' }, 'fail', 'repositoryNotAllowed'],
    ['the pulled one is not on the list (L1)', { imageIDRepository: 'docker.io/library/nginx' }, 'fail', 'repositoryNotAllowed'],
    ['the reference cannot be read', { repository: undefined }, 'unknown', 'referenceUnreadable'],
    ['the reference cannot be read and the pulled one is not on the list', { repository: undefined, imageIDRepository: 'docker.io/library/nginx' }, 'fail', 'repositoryNotAllowed'],
  ])('when %s', (_condition, image, outcome, reason) => {
    const result = run(image);
    expect([result.outcome, result.reason]).toEqual([outcome, reason]);
  });

  it('names the repository that is not on the list and who changes it', () => {
    const image = { imageIDRepository: 'docker.io/library/nginx' };
    expect(run(image).remediation).toEqual({
      who: 'serviceOwner',
      action: 'useAllowedRegistry',
      parameters: {
        repository: 'docker.io/library/nginx',
        allowed: 'registry.acme.example/**, quay.io/acme/*',
      },
    });
    expect(run(image, [REPOSITORY]).remediation?.who).toBe('platformTeam');
    expect(run(image, ['not a pattern']).remediation?.who).toBe('serviceOwner');
  });

  it('wants at least one pattern, and only patterns', () => {
    const { parameters } = registryAllowedDefinition;
    expect(parameters.safeParse({ allow: ['quay.io/acme/*'] }).success).toBe(
      true,
    );
    expect(parameters.safeParse({ allow: [] }).success).toBe(false);
    expect(parameters.safeParse({ allow: ['**'] }).success).toBe(false);
    expect(parameters.safeParse(undefined).success).toBe(false);
  });
});
