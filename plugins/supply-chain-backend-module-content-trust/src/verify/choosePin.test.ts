import { ContentTrustPin } from 'backstage-plugin-supply-chain-common';
import { choosePin } from './choosePin';

const pins = (...patterns: string[]): ContentTrustPin[] =>
  patterns.map(images => ({ images, type: 'rootKeyIds', rootKeyIds: [] }));

describe('choosePin', () => {
  it.each([
    [
      'the exact one before a wider one',
      ['docker.io/acme/*', 'docker.io/acme/web'],
      'docker.io/acme/web',
    ],
    [
      'the longer literal part',
      ['docker.io/**', 'docker.io/acme/w*'],
      'docker.io/acme/w*',
    ],
    [
      'the first of equally long ones',
      ['docker.io/acme/w*', 'docker.io/acme/*b'],
      'docker.io/acme/w*',
    ],
  ])('chooses %s', (_condition, patterns, expected) => {
    expect(choosePin(pins(...patterns), 'docker.io/acme/web')?.images).toBe(
      expected,
    );
  });

  // Case 72: for Notary `docker.io/acme*` is a prefix.
  it.each([
    ['docker.io/acme*', 'docker.io/acme-evil/web'],
    ['docker.io/acme/*', 'docker.io/acme-evil/web'],
    ['docker.io/acme/*', 'docker.io/acme/team/web'],
    ['docker.io/acme**', 'docker.io/acme-evil/web'],
  ])('does not let %s reach over to %s', (pattern, repository) => {
    expect(choosePin(pins(pattern), repository)).toBeUndefined();
  });
});
