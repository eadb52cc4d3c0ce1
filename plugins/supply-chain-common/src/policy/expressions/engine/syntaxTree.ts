import type { parse } from '@bufbuild/cel';
import { ExpressionNode, LiteralValue } from './expressionNode';

type Parsed = ReturnType<typeof parse>;
type Expr = Parsed['expr'];

/**
 * The tree as it is written. The parser replaces macros by loops and keeps their calls beside; those are put back, so
 * that nothing has to recognise what a macro expands to.
 */
export function syntaxTree({ expr, sourceInfo }: Parsed): ExpressionNode {
  const macroCalls = sourceInfo?.macroCalls ?? {};
  const positions = sourceInfo?.positions ?? {};

  function convert(written: Expr): ExpressionNode {
    const id = String(written.id);
    const offset = positions[id] ?? 0;
    const { exprKind } = macroCalls[id] ?? written;
    switch (exprKind.case) {
      case 'constExpr':
        return {
          offset,
          kind: 'literal',
          value: literalOf(exprKind.value.constantKind),
        };
      case 'identExpr':
        return { offset, kind: 'name', name: exprKind.value.name };
      case 'selectExpr':
        return {
          offset,
          kind: 'select',
          operand: convert(exprKind.value.operand!),
          field: exprKind.value.field,
        };
      case 'callExpr': {
        const { function: name, target, args } = exprKind.value;
        return {
          offset,
          kind: 'call',
          function: name,
          ...(target && { target: convert(target) }),
          args: args.map(convert),
        };
      }
      case 'listExpr':
        return {
          offset,
          kind: 'list',
          elements: exprKind.value.elements.map(convert),
        };
      case 'structExpr':
        return structOf(exprKind.value, offset);
      default:
        throw new Error('expected an expression');
    }
  }

  function structOf(
    struct: Extract<Expr['exprKind'], { case: 'structExpr' }>['value'],
    offset: number,
  ): ExpressionNode {
    if (struct.messageName !== '') {
      return { offset, kind: 'message', name: struct.messageName };
    }
    return {
      offset,
      kind: 'map',
      entries: struct.entries.map(({ keyKind, value }) => ({
        // A map without a message name has keys that are expressions.
        key: convert(keyKind.value as Expr),
        value: convert(value!),
      })),
    };
  }

  return convert(expr);
}

type ConstantKind = Extract<
  Expr['exprKind'],
  { case: 'constExpr' }
>['value']['constantKind'];

function literalOf(constant: ConstantKind): LiteralValue {
  switch (constant.case) {
    case 'stringValue':
      return { type: 'string', value: constant.value };
    case 'int64Value':
      return { type: 'int' };
    case 'uint64Value':
      return { type: 'uint' };
    case 'doubleValue':
      return { type: 'double' };
    case 'boolValue':
      return { type: 'bool' };
    case 'bytesValue':
      return { type: 'bytes' };
    default:
      return { type: 'null' };
  }
}
