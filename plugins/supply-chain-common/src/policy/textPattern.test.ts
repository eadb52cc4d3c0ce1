import { compileTextPattern, matchesTextPattern } from './textPattern';
import { TextPattern } from './types';

describe('matchesTextPattern', () => {
  const workflow =
    'https://github.com/acme/app/.github/workflows/release.yml@refs/tags/v1';

  it.each<[string, TextPattern, string, boolean]>([
    ['an exact string is equal', workflow, workflow, true],
    ['an exact string is a part', 'acme/app', workflow, false],
    ['an exact string differs in case', 'A', 'a', false],
    ['an exact string holds a star', 'https://x/*', 'https://x/y', false],
    [
      'a star stays in its segment',
      { glob: 'https://x/*/z' },
      'https://x/y/z',
      true,
    ],
    ['a star meets a slash', { glob: 'https://x/*' }, 'https://x/y/z', false],
    ['two stars meet a slash', { glob: 'https://x/**' }, 'https://x/y/z', true],
    ['a star stands for nothing', { glob: 'a*b' }, 'ab', true],
    ['a glob leaves a rest', { glob: 'https://x/*' }, 'https://x/y?', true],
    ['a glob starts later', { glob: 'x/*' }, 'https://x/y', false],
    ['a glob differs in case', { glob: 'https://X/*' }, 'https://x/y', false],
    ['a dot in a glob is a dot', { glob: 'release.yml' }, 'releaseXyml', false],
    ['a bracket in a glob is a bracket', { glob: 'a[b]*' }, 'a[b]c', true],
    ['a star meets a line break', { glob: 'a*' }, 'a\nb', true],
    [
      'an expression matches a part only',
      { regexp: 'github' },
      workflow,
      false,
    ],
    [
      'an expression matches all',
      { regexp: 'https://github\\.com/.*' },
      workflow,
      true,
    ],
    [
      'an alternative matches a part only',
      { regexp: 'a|https' },
      workflow,
      false,
    ],
    ['an expression is not valid', { regexp: '(' }, '(', false],
    ['an expression needs backtracking', { regexp: '(a)\\1' }, 'aa', false],
    [
      'an expression would blow up elsewhere',
      { regexp: '(a+)+b' },
      'a'.repeat(50_000),
      false,
    ],
    [
      'an expression is too long',
      { regexp: 'a'.repeat(3000) },
      'a'.repeat(3000),
      false,
    ],
  ])('when %s', (_condition, pattern, text, expected) => {
    expect(matchesTextPattern(pattern, text)).toBe(expected);
  });

  it('compiles a pattern once', () => {
    const pattern = { glob: 'a*' };
    expect(compileTextPattern(pattern)).toBe(compileTextPattern(pattern));
  });
});
