import { policy } from '../testing/exampleFacts';
import { imageOwnership } from './imageOwnership';

describe('imageOwnership (L36)', () => {
  // prettier-ignore
  it.each([
    ['no list says which are ours', {}, 'quay.io/acme/web', 'own'],
    ['it is on the list', { ownImages: ['quay.io/acme/*'] }, 'quay.io/acme/web', 'own'],
    ['it is not on the list', { ownImages: ['quay.io/acme/*'] }, 'quay.io/else/web', 'thirdParty'],
    ['the list is empty', { ownImages: [] }, 'quay.io/acme/web', 'thirdParty'],
    ['it is one of the platform', { ownImages: ['quay.io/acme/*'], platformImages: ['quay.io/acme/*'] }, 'quay.io/acme/web', 'platform'],
    ['its reference cannot be read', { ownImages: ['quay.io/acme/*'] }, undefined, 'thirdParty'],
  ])('when %s', (_condition, overrides, repository, expected) => {
    expect(imageOwnership(policy(overrides), { repository })).toBe(expected);
  });
});
