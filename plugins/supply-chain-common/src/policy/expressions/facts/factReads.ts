import {
  childrenOf,
  comprehensionOf,
  ExpressionNode,
  presenceTestOf,
} from '../engine/expressionNode';
import { EXPRESSION_FACTS, FactRoot } from './factSchema';

/** One place where an expression reads a fact. */
export type FactRead = {
  root: FactRoot;
  /** The fields that lead to it; empty for the whole. */
  path: readonly string[];
  /** Whether it is only asked for with `has()`. */
  tested: boolean;
};

/**
 * Every fact an expression reads, found without evaluating it (L19). A part that could be any field, for instance
 * `scan[name]`, counts as the whole. The variables of loops never have the name of a fact, so none is taken for one.
 */
export function factReads(root: ExpressionNode): FactRead[] {
  const reads: FactRead[] = [];
  visit(root, reads);
  return reads;
}

function visit(node: ExpressionNode, reads: FactRead[]): void {
  const tested = presenceTestOf(node);
  const fact = factAt(tested ?? node);
  if (fact) {
    reads.push({ ...fact, tested: tested !== undefined });
    return;
  }
  const loop = comprehensionOf(node);
  const parts = loop ? [loop.range, ...loop.body] : childrenOf(node);
  parts.forEach(each => visit(each, reads));
}

function factAt(node: ExpressionNode): Omit<FactRead, 'tested'> | undefined {
  if (node.kind === 'name') {
    return Object.hasOwn(EXPRESSION_FACTS, node.name)
      ? { root: node.name as FactRoot, path: [] }
      : undefined;
  }
  const step = stepOf(node);
  const from = step && factAt(step.operand);
  return from && { root: from.root, path: [...from.path, step.field] };
}

/** `operand.field`, also where it is written `operand["field"]`. */
function stepOf(
  node: ExpressionNode,
): { operand: ExpressionNode; field: string } | undefined {
  if (node.kind === 'select') {
    return node;
  }
  if (node.kind !== 'call' || node.function !== '_[_]') {
    return undefined;
  }
  const [operand, key] = node.args;
  return key.kind === 'literal' && key.value.type === 'string'
    ? { operand, field: key.value.value }
    : undefined;
}
