import { RE2JS } from 're2js';
import { BoundedCache } from '../text/BoundedCache';
import { TextPattern } from './types';

/**
 * A pattern ready to use.
 *
 * @public
 */
export type TextMatcher = (text: string) => boolean;

/**
 * Result of {@link compileTextPattern}.
 *
 * @public
 */
export type TextPatternResult =
  | { ok: true; matches: TextMatcher }
  | { ok: false; message: string };

/** Longer patterns are mistakes; RE2 programs grow with them. */
const PATTERN_MAX_LENGTH = 2048;

/** Policies and trust roots of a portal hold some hundreds of patterns; they cross to worker threads as copies. */
const COMPILED_MAX = 5000;

const compiled = new BoundedCache<TextPatternResult>(COMPILED_MAX);

/**
 * Compiles a pattern (L15): a string is exact; a glob matches the whole text, `*` without and `**` with `/`;
 * a regular expression is RE2 and matches the whole text. All are case-sensitive and linear in the text.
 *
 * @public
 */
export function compileTextPattern(pattern: TextPattern): TextPatternResult {
  if (typeof pattern === 'string') {
    return { ok: true, matches: text => text === pattern };
  }
  // By their text: the same pattern comes in a fresh object each time.
  return 'glob' in pattern
    ? compiled.get(`glob ${pattern.glob}`, () =>
        compileExpression(globToExpression(pattern.glob)),
      )
    : compiled.get(`regexp ${pattern.regexp}`, () =>
        compileExpression(pattern.regexp),
      );
}

/**
 * Whether the pattern matches the whole text. A pattern that cannot be compiled matches nothing.
 *
 * @public
 */
export function matchesTextPattern(
  pattern: TextPattern,
  text: string,
): boolean {
  const result = compileTextPattern(pattern);
  return result.ok && result.matches(text);
}

function compileExpression(expression: string): TextPatternResult {
  if (expression.length > PATTERN_MAX_LENGTH) {
    return {
      ok: false,
      message: `expected at most ${PATTERN_MAX_LENGTH} characters, got ${expression.length}`,
    };
  }
  try {
    const program = RE2JS.compile(expression, RE2JS.DOTALL);
    // `matches` wants the whole text, so no anchors are needed or trusted.
    return { ok: true, matches: text => program.matches(text) };
  } catch (error) {
    return { ok: false, message: (error as Error).message };
  }
}

function globToExpression(glob: string): string {
  return glob
    .split(/(\*+)/)
    .map(part => {
      if (!part.startsWith('*')) {
        return RE2JS.quote(part);
      }
      return part.length > 1 ? '.*' : '[^/]*';
    })
    .join('');
}
