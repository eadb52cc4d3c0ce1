import { ExpressionNode } from '../engine/expressionNode';
import { suggestName } from '../../documents/suggestName';
import {
  BOOL,
  commonType,
  DYN,
  InferredType,
  isComparable,
  isMapping,
  isNumber,
  STRING,
  typeName,
} from './inferredType';

/** A part of an expression with its type. */
export type Typed = { node: ExpressionNode; type: InferredType };

/** Takes note of a mistake. */
export type Report = (message: string, node: ExpressionNode) => void;

/** An operator: what it wants and what it gives. */
type Operator = (operands: Typed[], report: Report) => InferredType;

const condition: Operator = (operands, report) => {
  operands.forEach(({ node, type }) => {
    if (type.kind !== 'bool' && type.kind !== 'dyn') {
      report(`expected a condition, got ${typeName(type)}`, node);
    }
  });
  return BOOL;
};

const equality: Operator = ([left, right], report) => {
  comparable(left, right, report);
  return BOOL;
};

const ORDERED: readonly InferredType['kind'][] = [
  'string',
  'bool',
  'bytes',
  'timestamp',
  'duration',
  'dyn',
];

const order: Operator = ([left, right], report) => {
  const unordered = [left, right].find(
    ({ type }) => !ORDERED.includes(type.kind) && !isNumber(type),
  );
  if (unordered) {
    report(
      `expected something that has an order, got ${typeName(unordered.type)}`,
      unordered.node,
    );
  } else {
    comparable(left, right, report);
  }
  return BOOL;
};

const membership: Operator = ([element, { node, type }], report) => {
  if (type.kind === 'list') {
    const elements: Typed[] =
      node.kind === 'list'
        ? node.elements.map(each => ({ node: each, type: type.element }))
        : [{ node, type: type.element }];
    elements.forEach(each => comparable(element, each, report));
  } else if (type.kind !== 'dyn' && !isMapping(type)) {
    report(`expected a list after "in", got ${typeName(type)}`, node);
  }
  return BOOL;
};

const choice: Operator = ([test, left, right], report) => {
  condition([test], report);
  return commonType(left.type, right.type);
};

const index: Operator = ([operand, key], report) => {
  const { type } = operand;
  if (type.kind === 'list') {
    if (key.type.kind !== 'dyn' && !isNumber(key.type)) {
      report(`expected a number, got ${typeName(key.type)}`, key.node);
    }
    return type.element;
  }
  if (type.kind !== 'dyn' && !isMapping(type)) {
    report(`expected a list or a map, got ${typeName(type)}`, operand.node);
  }
  return DYN;
};

const arithmetic: Operator = ([left, right], report) => {
  const kinds = [left.type.kind, right?.type.kind ?? left.type.kind];
  if (kinds.includes('dyn')) {
    return DYN;
  }
  if (kinds.includes('timestamp') || kinds.includes('duration')) {
    // Two instants are a duration apart; an instant and a duration are an instant.
    const instants = kinds.filter(kind => kind === 'timestamp').length;
    return { kind: instants === 1 ? 'timestamp' : 'duration' };
  }
  if (kinds[0] !== kinds[1]) {
    report(
      `expected two values of one type, got ${typeName(
        left.type,
      )} and ${typeName(right.type)}; int(), double() and string() convert`,
      right.node,
    );
    return DYN;
  }
  return kinds[0] === 'string' ? STRING : left.type;
};

/** The operators by the names the parser gives them. */
export const OPERATORS: Readonly<Record<string, Operator>> = {
  '_&&_': condition,
  '_||_': condition,
  '!_': condition,
  '_==_': equality,
  '_!=_': equality,
  '_<_': order,
  '_<=_': order,
  '_>_': order,
  '_>=_': order,
  '@in': membership,
  '_?_:_': choice,
  '_[_]': index,
  '_+_': arithmetic,
  '_-_': arithmetic,
  '_*_': arithmetic,
  '_/_': arithmetic,
  '_%_': arithmetic,
  '-_': arithmetic,
};

/** Two values of different types are never equal, so that `!=` would always hold. */
function comparable(left: Typed, right: Typed, report: Report): void {
  const nothing = [left, right].find(({ type }) => type.kind === 'null');
  if (nothing) {
    report('no fact is null; has(…) tells whether it is there', nothing.node);
  } else if (!isComparable(left.type, right.type)) {
    report(
      `expected ${typeName(left.type)}, got ${typeName(right.type)}`,
      right.node,
    );
  } else {
    knownValue(left, right, report);
    knownValue(right, left, report);
  }
}

/** A constant that the fact never takes is a misspelt one, and `!=` would always hold. */
function knownValue(fact: Typed, constant: Typed, report: Report): void {
  const values = fact.type.kind === 'string' ? fact.type.values : undefined;
  const { node } = constant;
  if (
    values &&
    node.kind === 'literal' &&
    node.value.type === 'string' &&
    !values.includes(node.value.value)
  ) {
    const { valuesAre } = fact.type as { valuesAre?: string };
    const expected =
      valuesAre ?? `one of ${values.map(each => `"${each}"`).join(', ')}`;
    report(
      `expected ${expected}, got "${node.value.value}".${suggestName(
        node.value.value,
        values,
      )}`,
      node,
    );
  }
}
