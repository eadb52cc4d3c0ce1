import { TextPattern } from '../types';
import { issuerTooWide, subjectTooWide } from './identityBreadth';
import { literalEnds } from './literalEnds';

describe('literalEnds', () => {
  it.each<[TextPattern, string, string]>([
    ['abc', 'abc', 'abc'],
    [{ glob: 'a*b**c' }, 'a', 'c'],
    [{ glob: 'abc' }, 'abc', 'abc'],
    [{ regexp: 'abc' }, 'abc', 'abc'],
    [{ regexp: '^abc$' }, 'abc', 'abc'],
    [{ regexp: '\\Aabc\\z' }, 'abc', 'abc'],
    [{ regexp: 'a\\.b.*c' }, 'a.b', 'c'],
    [{ regexp: 'ab*c' }, 'a', 'c'],
    [{ regexp: 'ab{2,3}c' }, 'a', 'c'],
    [{ regexp: 'ab{2' }, 'a', ''],
    [{ regexp: '*' }, '', ''],
    [{ regexp: 'a(?:b|c)d' }, 'a', 'd'],
    [{ regexp: 'a((b)[)]\\))d' }, 'a', 'd'],
    [{ regexp: 'a(b' }, 'a', ''],
    [{ regexp: 'a[^/]b' }, 'a', 'b'],
    [{ regexp: 'a[]x]b' }, 'a', 'b'],
    [{ regexp: 'a[\\]x]b' }, 'a', 'b'],
    [{ regexp: 'a[[:alpha:]]b' }, 'a', 'b'],
    [{ regexp: 'a[b' }, 'a', ''],
    [{ regexp: 'a\\wb' }, 'a', 'b'],
    [{ regexp: 'a|b' }, '', ''],
    [{ regexp: 'a)b' }, '', ''],
    [{ regexp: '(?i)abc' }, '', ''],
    [{ regexp: 'ab(?i)c' }, '', ''],
    [{ regexp: 'a\\x2eb' }, '', ''],
    [{ regexp: 'a\\Q.*\\Eb' }, '', ''],
    [{ regexp: 'a\\pLb' }, '', ''],
    [{ regexp: 'a\\' }, '', ''],
  ])('of %j are %s and %s', (pattern, prefix, suffix) => {
    expect(literalEnds(pattern)).toEqual({ prefix, suffix });
  });
});

describe('an issuer (L15)', () => {
  it.each<['none' | TextPattern]>([
    ['none'],
    ['https://token.actions.githubusercontent.com'],
    ['https://oidc.acme.example:8443/realms/ci'],
    [{ glob: 'https://oidc.eks.eu-west-1.amazonaws.com/id/*' }],
    [{ glob: 'https://accounts.google.com' }],
    [{ regexp: 'https://gitlab\\.acme\\.example/.*' }],
    [{ regexp: 'https://accounts\\.google\\.com' }],
  ])('%j loads', issuer => {
    expect(issuerTooWide(issuer)).toBe('');
  });

  it.each<[TextPattern]>([
    ['token.actions.githubusercontent.com'],
    ['https://'],
    [{ glob: '**' }],
    [{ glob: 'https://*' }],
    [{ glob: 'https://*.acme.example/x' }],
    [{ glob: 'https://token.actions.githubusercontent.com*' }],
    [{ glob: '*://accounts.google.com/' }],
    [{ regexp: '.*' }],
    [{ regexp: 'https://accounts.google.com' }],
    [{ regexp: 'https://accounts\\.google\\.com.*' }],
    [{ regexp: 'https://(?:a|b)\\.example/.*' }],
    [{ regexp: 'https://a\\.example/|.*' }],
  ])('%j does not load', issuer => {
    expect(issuerTooWide(issuer)).toContain('literal scheme and host');
  });
});

describe('a subject (L15)', () => {
  it.each<[TextPattern]>([
    ['https://github.com/acme/web/.github/workflows/release.yml@refs/tags/v1'],
    ['release@acme.example'],
    ['build-server'],
    [{ glob: 'https://github.com/acme/**' }],
    [{ glob: 'spiffe://acme.example/ns/*/sa/ci' }],
    [{ glob: '*@acme.example' }],
    [{ regexp: 'https://github\\.com/acme/[^/]+/.*' }],
    [{ regexp: '[a-z]+@acme\\.example' }],
    [{ regexp: '[^@]+@acme\\.example' }],
  ])('%j loads', subject => {
    expect(subjectTooWide(subject)).toBe('');
  });

  it.each<[TextPattern]>([
    ['https://github.com/acme/*'],
    [{ glob: '**' }],
    [{ glob: 'https://**' }],
    [{ glob: 'https://github.com/**' }],
    [{ glob: 'https://github.com/*/web/**' }],
    [{ glob: 'https://github.com/acme*/**' }],
    [{ glob: 'https://github.com/acme' }],
    [{ glob: '*@*' }],
    [{ glob: '*@*.example' }],
    [{ glob: '*acme.example' }],
    [{ glob: '**@acme.example' }],
    [{ regexp: '.*' }],
    [{ regexp: '.*@acme\\.example' }],
    [{ regexp: '[a-z]+@acme.example' }],
    [{ regexp: 'https://github\\.com/(?:acme|else)/.*' }],
    [{ regexp: 'https://github\\.com/acme/.*|.*' }],
  ])('%j does not load', subject => {
    expect(subjectTooWide(subject)).not.toBe('');
  });
});
