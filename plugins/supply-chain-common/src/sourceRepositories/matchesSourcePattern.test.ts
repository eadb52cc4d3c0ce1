import { matchesSourcePattern } from './matchesSourcePattern';

describe('matchesSourcePattern', () => {
  // prettier-ignore
  it.each([
    ['https://github.com/acme/*', 'https://github.com/acme/web', true],
    ['https://github.com/Acme/*', 'https://github.com/acme/web', true],
    ['https://GitHub.com/acme/*', 'https://github.com/acme/web', true],
    ['https://github.com/acme/*', 'https://github.com/acme-evil/web', false],
    ['https://gitlab.com/acme/*', 'https://gitlab.com/acme/group/web', false],
    ['https://gitlab.com/acme/**', 'https://gitlab.com/acme/group/web', true],
    ['https://Git.acme.example/Shop/*', 'https://git.acme.example/Shop/web', true],
    ['https://git.acme.example/shop/*', 'https://git.acme.example/Shop/web', false],
    ['https://github.com/acme/web.git', 'https://github.com/acme/web', true],
    ['git@github.com:acme/web.git', 'https://github.com/acme/web', true],
    ['https://*.acme.example/shop/web', 'https://git.acme.example/shop/web', true],
    ['not a pattern', 'https://github.com/acme/web', false],
  ])('%s on %s', (pattern, repository, expected) => {
    expect(matchesSourcePattern(pattern, repository)).toBe(expected);
  });
});
