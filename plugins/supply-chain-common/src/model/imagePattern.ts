import { normaliseRepository } from './imageReference';
import { isRegistryHost, REPOSITORY_MAX_LENGTH } from './imageReferenceGrammar';

/**
 * A pattern over repositories, checked when a policy is loaded:
 * `registry.acme.example/**`, `quay.io/acme/*`, or one exact repository.
 *
 * `*` stands for characters of one path segment, `**` for one or more whole
 * segments; the host is literal. The whole repository must match, and case counts.
 *
 * @public
 */
export interface ImagePattern {
  /** The pattern in normal form, host first. */
  readonly text: string;
}

/**
 * Why a text is not an {@link ImagePattern}.
 *
 * - `patternHostNotLiteral`: no registry host, or one with a wildcard.
 * - `patternCrossesBoundary`: `**` beside other characters, e.g. `docker.io/acme**`,
 *   which would reach over into `docker.io/acme-evil/…`.
 * - `patternMalformed`: characters no repository has, a tag or digest, an empty segment.
 *
 * @public
 */
export type ImagePatternProblem =
  | 'patternHostNotLiteral'
  | 'patternCrossesBoundary'
  | 'patternMalformed';

/**
 * Result of {@link parseImagePattern}.
 *
 * @public
 */
export type ImagePatternResult =
  | { ok: true; pattern: ImagePattern }
  | { ok: false; reason: ImagePatternProblem };

const SEGMENT = /^[a-z0-9._*-]+$/;

function isHostLike(text: string): boolean {
  return /[.:]/.test(text) || text === 'localhost';
}

function problemOfSegments(
  segments: string[],
): ImagePatternProblem | undefined {
  if (segments.some(segment => segment !== '**' && segment.includes('**'))) {
    return 'patternCrossesBoundary';
  }
  return segments.length > 0 && segments.every(each => SEGMENT.test(each))
    ? undefined
    : 'patternMalformed';
}

/**
 * Reads a pattern of a policy. Never throws.
 *
 * @public
 */
export function parseImagePattern(text: string): ImagePatternResult {
  if (text.length > REPOSITORY_MAX_LENGTH) {
    return { ok: false, reason: 'patternMalformed' };
  }
  const [host, ...segments] = text.split('/');
  if (!isHostLike(host) || !isRegistryHost(host)) {
    return { ok: false, reason: 'patternHostNotLiteral' };
  }
  const problem = problemOfSegments(segments);
  if (problem) {
    return { ok: false, reason: problem };
  }
  const path = segments.join('/');
  // `docker.io/**` is all of Docker Hub, not only its official images.
  const { domain, path: normalPath } =
    path === '**'
      ? { ...normaliseRepository(host, 'any/path'), path }
      : normaliseRepository(host, path);
  return { ok: true, pattern: { text: `${domain}/${normalPath}` } };
}

type Token = { kind: 'literal'; character: string } | { kind: '*' | '**' };

function tokenize(pattern: string): Token[] {
  const tokens: Token[] = [];
  for (let index = 0; index < pattern.length; index += 1) {
    if (pattern[index] !== '*') {
      tokens.push({ kind: 'literal', character: pattern[index] });
    } else if (pattern[index + 1] === '*') {
      tokens.push({ kind: '**' });
      index += 1;
    } else {
      tokens.push({ kind: '*' });
    }
  }
  return tokens;
}

function consumes(token: Token, character: string): boolean {
  if (token.kind === 'literal') {
    return token.character === character;
  }
  return token.kind === '**' || character !== '/';
}

/**
 * The states reachable by one more character. Every state is visited once per
 * character, so no pattern makes matching slower than length times length.
 */
function advance(
  tokens: Token[],
  states: boolean[],
  character: string,
): boolean[] {
  const next = new Array<boolean>(tokens.length + 1).fill(false);
  tokens.forEach((token, index) => {
    if (states[index] && consumes(token, character)) {
      next[token.kind === 'literal' ? index + 1 : index] = true;
    }
  });
  return skipWildcards(tokens, next);
}

function skipWildcards(tokens: Token[], states: boolean[]): boolean[] {
  tokens.forEach((token, index) => {
    if (states[index] && token.kind !== 'literal') {
      states[index + 1] = true;
    }
  });
  return states;
}

/**
 * Whether a repository (`domain/path` in normal form) matches a pattern.
 *
 * @public
 */
export function matchesImagePattern(
  pattern: ImagePattern,
  reference: { repository: string },
): boolean {
  const { text } = pattern;
  const { repository } = reference;
  const literal = literalStartOf(text);
  const isAll = literal.length === text.length;
  if (isAll || !repository.startsWith(literal)) {
    return isAll && repository === text;
  }
  return matchesRest(
    text.slice(literal.length),
    repository.slice(literal.length),
  );
}

/** Most patterns differ in their literal start, which is compared without a state for each character. */
function literalStartOf(pattern: string): string {
  const wildcard = pattern.indexOf('*');
  return wildcard < 0 ? pattern : pattern.slice(0, wildcard);
}

function matchesRest(pattern: string, text: string): boolean {
  const tokens = tokenize(pattern);
  const start = new Array<boolean>(tokens.length + 1).fill(false);
  start[0] = true;
  let states = skipWildcards(tokens, start);
  for (const character of text) {
    states = advance(tokens, states, character);
  }
  return states[tokens.length];
}
