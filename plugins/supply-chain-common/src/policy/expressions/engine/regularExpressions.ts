import { RE2JS } from 're2js';
import { BoundedCache } from '../../../text/BoundedCache';

const PATTERN_MAX_LENGTH = 2048;
const COMPILED_MAX = 1000;

type Compiled = { test(text: string): boolean };

const compiled = new BoundedCache<Compiled>(COMPILED_MAX);

/** A regular expression (RE2) that is looked for anywhere in a text. Throws when it is none. */
export function compileRegularExpression(pattern: string): Compiled {
  return compiled.get(pattern, () => {
    if (pattern.length > PATTERN_MAX_LENGTH) {
      throw new Error(
        `expected a regular expression of at most ${PATTERN_MAX_LENGTH} characters, got ${pattern.length}`,
      );
    }
    const program = RE2JS.compile(pattern);
    return { test: text => program.matcher(text).find() };
  });
}
