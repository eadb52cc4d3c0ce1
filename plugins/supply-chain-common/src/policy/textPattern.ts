import { RE2JS } from 're2js';
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

const compiled = new WeakMap<object, TextPatternResult>();

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
  const known = compiled.get(pattern);
  if (known) {
    return known;
  }
  const result = compileExpression(
    'glob' in pattern ? globToExpression(pattern.glob) : pattern.regexp,
  );
  compiled.set(pattern, result);
  return result;
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
