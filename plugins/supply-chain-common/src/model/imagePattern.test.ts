import fc from 'fast-check';
import { matchesImagePattern, parseImagePattern } from './imagePattern';

function matches(pattern: string, repository: string): boolean {
  const result = parseImagePattern(pattern);
  if (!result.ok) {
    throw new Error(`expected a pattern, got "${result.reason}"`);
  }
  return matchesImagePattern(result.pattern, { repository });
}

describe('an image pattern', () => {
  it.each([
    ['registry.acme.example/**', 'registry.acme.example/shop/web', true],
    ['registry.acme.example/**', 'registry.acme.example/web', true],
    [
      'registry.acme.example/**',
      'registry.acme.example.evil.example/web',
      false,
    ],
    ['registry.acme.example/**', 'registry.acme.example:5000/web', false],
    [
      'registry.acme.example/**',
      'evil.example/registry.acme.example/web',
      false,
    ],
    ['REGISTRY.acme.example/**', 'registry.acme.example/web', true],
    ['quay.io/acme/*', 'quay.io/acme/web', true],
    ['quay.io/acme/*', 'quay.io/acme/shop/web', false],
    ['quay.io/acme/*', 'quay.io/acme', false],
    ['quay.io/acme/*', 'quay.io/acme-evil/web', false],
    ['quay.io/acme/**', 'quay.io/acme-evil/web', false],
    ['quay.io/acme*/web', 'quay.io/acme-evil/web', true],
    ['quay.io/acme*', 'quay.io/acme-evil/web', false],
    ['quay.io/acme*', 'quay.io/acme', true],
    ['quay.io/*/web', 'quay.io/acme/web', true],
    ['quay.io/*/web', 'quay.io/acme/web/x', false],
    ['quay.io/**/web', 'quay.io/a/b/web', true],
    ['quay.io/**/web', 'quay.io/a/b/webx', false],
    ['quay.io/a*b*c', 'quay.io/axxbyyc', true],
    ['quay.io/a*b*c', 'quay.io/axxbyycd', false],
    ['quay.io/acme/web', 'quay.io/acme/web', true],
    ['quay.io/acme/web', 'quay.io/acme/webs', false],
    ['quay.io/acme/w.b', 'quay.io/acme/wxb', false],
    ['localhost:5000/**', 'localhost:5000/web', true],
    ['docker.io/nginx', 'docker.io/library/nginx', true],
    ['index.docker.io/acme/*', 'docker.io/acme/web', true],
    ['docker.io/**', 'docker.io/acme/web', true],
    ['docker.io/*', 'docker.io/library/nginx', true],
    ['docker.io/*', 'docker.io/acme/web', false],
  ])('%s against %s: %s', (pattern, repository, expected) => {
    expect(matches(pattern, repository)).toBe(expected);
  });

  it.each([
    ['', 'patternHostNotLiteral'],
    ['**', 'patternHostNotLiteral'],
    ['*/web', 'patternHostNotLiteral'],
    ['*.acme.example/**', 'patternHostNotLiteral'],
    ['acme/web', 'patternHostNotLiteral'],
    ['quay.io*/web', 'patternHostNotLiteral'],
    ['docker.io/acme**', 'patternCrossesBoundary'],
    ['docker.io/**acme/web', 'patternCrossesBoundary'],
    ['docker.io/***', 'patternCrossesBoundary'],
    ['quay.io', 'patternMalformed'],
    ['quay.io/', 'patternMalformed'],
    ['quay.io/acme//web', 'patternMalformed'],
    ['quay.io/Acme/*', 'patternMalformed'],
    ['quay.io/acme/web:1', 'patternMalformed'],
    ['quay.io/acme/web@sha256:0', 'patternMalformed'],
    ['quay.io/(a+)+', 'patternMalformed'],
    [`quay.io/${'a'.repeat(255)}`, 'patternMalformed'],
  ])('%s is refused: %s', (pattern, reason) => {
    expect(parseImagePattern(pattern)).toEqual({ ok: false, reason });
  });

  it('answers as a regular expression with the same meaning does', () => {
    const text = fc.stringMatching(/^[ab/]{1,10}$/);
    const wild = fc
      .array(fc.constantFrom('a', 'b', '*', 'a*', '*b', '**'), {
        minLength: 1,
        maxLength: 5,
      })
      .map(parts => `quay.io/${parts.join('/')}`);
    fc.assert(
      fc.property(wild, text, (pattern, path) => {
        const source = pattern
          .replaceAll('.', '\\.')
          .replaceAll('**', '\u0000')
          .replaceAll('*', '[^/]*')
          .replaceAll('\u0000', '.*');
        const repository = `quay.io/${path}`;
        expect(matches(pattern, repository)).toBe(
          new RegExp(`^${source}$`).test(repository),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('visits each state once per character, whatever the number of stars', () => {
    const pattern = `quay.io/${'*a'.repeat(100)}`;
    expect(matches(pattern, `quay.io/${'a'.repeat(240)}b`)).toBe(false);
  });

  it('never throws when it is read', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(typeof parseImagePattern(text).ok).toBe('boolean');
      }),
    );
  });
});
