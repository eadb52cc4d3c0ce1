import { BOOL, DYN, InferredType, INT, STRING } from './inferredType';

/** A function or method of the language. */
export type FunctionDefinition = {
  /** How many arguments it takes, beside what it is called on. */
  arity: readonly number[];
  result: InferredType;
  /** For methods: what it can be called on. */
  on?: readonly InferredType['kind'][];
  /** A constant argument is tried when the document loads: what is no duration now never will be. */
  tried?: true;
};

const convert = (result: InferredType): FunctionDefinition => ({
  arity: [1],
  result,
});

/** Functions, by name. `has` is a macro and stands elsewhere. */
export const FUNCTIONS: Readonly<Record<string, FunctionDefinition>> = {
  size: convert(INT),
  int: convert(INT),
  uint: convert({ kind: 'uint' }),
  double: convert({ kind: 'double' }),
  string: convert(STRING),
  bool: convert(BOOL),
  bytes: convert({ kind: 'bytes' }),
  type: convert({ kind: 'type' }),
  dyn: convert(DYN),
  timestamp: { ...convert({ kind: 'timestamp' }), tried: true },
  duration: { ...convert({ kind: 'duration' }), tried: true },
};

const onText = (
  arity: readonly number[],
  result: InferredType,
): FunctionDefinition => ({ arity, result, on: ['string'] });

const onTime: FunctionDefinition = {
  arity: [0, 1],
  result: INT,
  on: ['timestamp'],
};
const onTimeOrDuration: FunctionDefinition = {
  ...onTime,
  on: ['timestamp', 'duration'],
};

/**
 * Methods, by name. Those that make texts longer than what goes in are left out: a few of them in a row make a text
 * that fills the memory.
 */
export const METHODS: Readonly<Record<string, FunctionDefinition>> = {
  contains: onText([1], BOOL),
  startsWith: onText([1], BOOL),
  endsWith: onText([1], BOOL),
  matches: { ...onText([1], BOOL), tried: true },
  lowerAscii: onText([0], STRING),
  upperAscii: onText([0], STRING),
  trim: onText([0], STRING),
  charAt: onText([1], STRING),
  indexOf: onText([1, 2], INT),
  lastIndexOf: onText([1, 2], INT),
  substring: onText([1, 2], STRING),
  split: onText([1, 2], { kind: 'list', element: STRING }),
  size: {
    arity: [0],
    result: INT,
    on: ['string', 'bytes', 'list', 'map', 'object'],
  },
  getFullYear: onTime,
  getMonth: onTime,
  getDate: onTime,
  getDayOfMonth: onTime,
  getDayOfWeek: onTime,
  getDayOfYear: onTime,
  getHours: onTimeOrDuration,
  getMinutes: onTimeOrDuration,
  getSeconds: onTimeOrDuration,
  getMilliseconds: onTimeOrDuration,
};

/** The loops over lists and how many arguments each takes, the variable included. */
export const COMPREHENSIONS: Readonly<Record<string, readonly number[]>> = {
  all: [2],
  exists: [2],
  exists_one: [2],
  existsOne: [2],
  filter: [2],
  map: [2, 3],
};

/** Names that stand for types, as in `type(x) == int`. */
export const TYPE_NAMES: readonly string[] = [
  'int',
  'uint',
  'double',
  'bool',
  'string',
  'bytes',
  'list',
  'map',
  'null_type',
  'type',
];
