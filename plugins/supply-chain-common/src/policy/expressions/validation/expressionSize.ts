import { childrenOf, ExpressionNode } from '../engine/expressionNode';
import { ExpressionProblem, tooLarge } from './expressionProblem';

/** Limits of an expression (L19). */
export const EXPRESSION_LIMITS = {
  characters: 2048,
  depth: 32,
  comprehensionDepth: 2,
} as const;

const { characters, depth } = EXPRESSION_LIMITS;

/** A text, a comment, or a bracket; texts and comments are skipped, because brackets in them are none. */
const TOKEN =
  /\/\/[^\n]*|[rR]?"""(?:[^"\\]|\\[^]|"(?!""))*"""|[rR]?'''(?:[^'\\]|\\[^]|'(?!''))*'''|[rR]"[^"\n]*"|[rR]'[^'\n]*'|"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*'|[([{]|[)\]}]/g;

/** Looks at the text before a parser that recurses does: length, and how deep brackets are nested. */
export function sourceSizeProblem(
  source: string,
): ExpressionProblem | undefined {
  if (source.length > characters) {
    return tooLarge(
      `expected at most ${characters} characters, got ${source.length}`,
    );
  }
  let open = 0;
  for (const { 0: token, index } of source.matchAll(TOKEN)) {
    if ('([{'.includes(token)) {
      open += 1;
    } else if (')]}'.includes(token)) {
      open -= 1;
    }
    if (open > depth) {
      return tooDeep(index);
    }
  }
  return undefined;
}

/** How deep the tree is, measured without recursion. */
export function treeSizeProblem(
  root: ExpressionNode,
): ExpressionProblem | undefined {
  const open: [ExpressionNode, number][] = [[root, 1]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [node, level] = next;
    if (level > depth) {
      return tooDeep(node.offset);
    }
    childrenOf(node).forEach(child => open.push([child, level + 1]));
  }
  return undefined;
}

function tooDeep(offset: number): ExpressionProblem {
  return tooLarge(`expected at most ${depth} levels of nesting`, offset);
}
