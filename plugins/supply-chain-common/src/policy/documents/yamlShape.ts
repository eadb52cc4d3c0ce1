import { CST, Lexer, Parser } from 'yaml';

/** No document of ours nests deeper than a dozen; the composer of the YAML library recurses. */
const MAX_DEPTH = 32;
/** The library compares every key of a mapping with every other. */
const MAX_ENTRIES = 1000;
const MAX_DOCUMENTS = 1000;

/** A reason not to compose a text, with its offset. */
export type ShapeProblem = { message: string; offset: number };

/**
 * Looks at the syntax of a text before anything recursive or quadratic does, and stops at the first thing that is
 * too deep or too long.
 */
export function findShapeProblem(text: string): ShapeProblem | undefined {
  const parser = new Parser();
  let documents = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      documents += Number(token.type === 'document');
    }
    const problem =
      documents > MAX_DOCUMENTS
        ? { message: `expected at most ${MAX_DOCUMENTS} documents`, offset: 0 }
        : problemOf(parser.stack);
    if (problem) {
      return problem;
    }
  }
  return undefined;
}

/** The stack holds the document and every list and mapping that is open, outermost first. */
function problemOf(stack: CST.Token[]): ShapeProblem | undefined {
  if (stack.length > MAX_DEPTH) {
    return {
      offset: stack[stack.length - 1].offset,
      message: `expected at most ${MAX_DEPTH} levels of nesting`,
    };
  }
  const long = stack.find(
    token => 'items' in token && token.items.length > MAX_ENTRIES,
  );
  return (
    long && {
      offset: long.offset,
      message: `expected at most ${MAX_ENTRIES} entries in one list or mapping`,
    }
  );
}
