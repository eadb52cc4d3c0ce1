import { FactType } from '../facts/factTypes';

/** What is known of the type of a part of an expression before it is evaluated; `dyn`: nothing. */
export type InferredType =
  | Exclude<FactType, { kind: 'list' }>
  | { kind: 'list'; element: InferredType }
  | { kind: 'uint' | 'bytes' | 'null' | 'duration' | 'type' | 'map' | 'dyn' };

/** Nothing is known. */
export const DYN: InferredType = { kind: 'dyn' };
export const BOOL: InferredType = { kind: 'bool' };
export const INT: InferredType = { kind: 'int' };
export const STRING: InferredType = { kind: 'string' };

const NAMES: Record<InferredType['kind'], string> = {
  string: 'a text',
  int: 'a whole number',
  uint: 'a number without sign',
  double: 'a number with fractions',
  bool: 'a condition',
  timestamp: 'an instant',
  duration: 'a duration',
  list: 'a list',
  object: 'an object',
  map: 'a map',
  bytes: 'bytes',
  null: 'null',
  type: 'a type',
  dyn: 'anything',
};

/** A type as messages name it. */
export function typeName({ kind }: InferredType): string {
  return NAMES[kind];
}

const NUMBERS: readonly InferredType['kind'][] = ['int', 'uint', 'double'];

/** Whether it is a number of some kind. */
export function isNumber({ kind }: InferredType): boolean {
  return NUMBERS.includes(kind);
}

/** Whether two values can be equal, or one be before the other. */
export function isComparable(left: InferredType, right: InferredType): boolean {
  return (
    left.kind === 'dyn' ||
    right.kind === 'dyn' ||
    left.kind === right.kind ||
    (isNumber(left) && isNumber(right)) ||
    (isMapping(left) && isMapping(right))
  );
}

/** Whether it has keys. */
export function isMapping({ kind }: InferredType): boolean {
  return kind === 'object' || kind === 'map';
}

/** One type for two, or `dyn`. */
export function commonType(
  left: InferredType,
  right: InferredType,
): InferredType {
  if (left === right) {
    return left;
  }
  const isPlain =
    left.kind === right.kind && !['list', 'object'].includes(left.kind);
  // Texts lose the closed set of their values, which may differ.
  return isPlain ? ({ kind: left.kind } as InferredType) : DYN;
}
