/**
 * The syntax tree of an expression as it is written: macros are calls, not what they expand to. `offset` is the place in
 * the source, counted from 0; it leads to the operator or dot where there is one.
 */
export type ExpressionNode = { offset: number } & (
  | { kind: 'literal'; value: LiteralValue }
  | { kind: 'name'; name: string }
  | { kind: 'select'; operand: ExpressionNode; field: string }
  | {
      kind: 'call';
      /** For operators the engine's own name, for instance `_==_`. */
      function: string;
      target?: ExpressionNode;
      args: ExpressionNode[];
    }
  | { kind: 'list'; elements: ExpressionNode[] }
  | { kind: 'map'; entries: { key: ExpressionNode; value: ExpressionNode }[] }
  | { kind: 'message'; name: string }
);

/** A constant with its type. */
export type LiteralValue =
  | { type: 'string'; value: string }
  | { type: 'int' | 'uint' | 'double' | 'bool' | 'bytes' | 'null' };

/** The nodes right below one. */
export function childrenOf(node: ExpressionNode): ExpressionNode[] {
  switch (node.kind) {
    case 'select':
      return [node.operand];
    case 'call':
      return node.target ? [node.target, ...node.args] : node.args;
    case 'list':
      return node.elements;
    case 'map':
      return node.entries.flatMap(({ key, value }) => [key, value]);
    default:
      return [];
  }
}

/** A loop over the elements of a list, as it is written: `target.macro(variable, …body)`. */
export type Comprehension = {
  macro: (typeof COMPREHENSION_MACROS)[number];
  range: ExpressionNode;
  variable: string;
  body: ExpressionNode[];
};

const COMPREHENSION_MACROS = [
  'all',
  'exists',
  'exists_one',
  'existsOne',
  'filter',
  'map',
] as const;

/** The loop a node is, if it is one: the form that the engine expands. */
export function comprehensionOf(
  node: ExpressionNode,
): Comprehension | undefined {
  if (node.kind !== 'call' || !node.target) {
    return undefined;
  }
  const macro = COMPREHENSION_MACROS.find(each => each === node.function);
  const [variable, ...body] = node.args;
  const fits =
    body.length === 1 || (node.function === 'map' && body.length === 2);
  return macro && variable?.kind === 'name' && fits
    ? { macro, range: node.target, variable: variable.name, body }
    : undefined;
}

/** Whether a node is the test `has(operand.field)`. */
export function presenceTestOf(
  node: ExpressionNode,
): Extract<ExpressionNode, { kind: 'select' }> | undefined {
  if (node.kind !== 'call' || node.function !== 'has' || node.target) {
    return undefined;
  }
  const [tested, ...rest] = node.args;
  return tested?.kind === 'select' && rest.length === 0 ? tested : undefined;
}
