/**
 * Type of a fact that expressions can read. One object describes it to the validator, to the documentation and to the
 * compiler of what derives it.
 *
 * @public
 */
export type FactType =
  | { kind: 'string'; values?: readonly string[]; valuesAre?: string }
  | { kind: 'int' | 'double' | 'bool' | 'timestamp' }
  | { kind: 'list'; element: FactType }
  | { kind: 'object'; fields: FactFields };

/**
 * The fields of an object, by name.
 *
 * @public
 */
export type FactFields = Record<string, FactField>;

/**
 * A field with what people read about it.
 *
 * @public
 */
export type FactField = {
  type: FactType;
  description: string;
  /** The field may be missing; `has()` tells. */
  optional?: true;
};

/** The value that belongs to a type; timestamps are RFC 3339. */
export type FactValue<T> = T extends {
  kind: 'string';
  values: readonly (infer V)[];
}
  ? V
  : T extends { kind: 'string' | 'timestamp' }
  ? string
  : T extends { kind: 'int' | 'double' }
  ? number
  : T extends { kind: 'bool' }
  ? boolean
  : T extends { kind: 'list'; element: infer E }
  ? FactValue<E>[]
  : T extends { kind: 'object'; fields: infer F }
  ? FactObject<F>
  : never;

/** The value of an object. */
export type FactObject<F> = {
  [K in keyof F as F[K] extends { optional: true } ? never : K]: FactValue<
    TypeOf<F[K]>
  >;
} & {
  [K in keyof F as F[K] extends { optional: true } ? K : never]?: FactValue<
    TypeOf<F[K]>
  >;
};

type TypeOf<F> = F extends { type: infer T } ? T : never;

type Field<T> = { type: T; description: string };

/** Makes a field optional. */
export function optional<F extends FactField>(
  field: F,
): F & { optional: true } {
  return { ...field, optional: true };
}

/** A text. */
export function text(description: string): Field<{ kind: 'string' }> {
  return { type: { kind: 'string' }, description };
}

/** One of some texts; comparing it with another is a mistake that is refused. */
export function oneOf<const V extends readonly string[]>(
  values: V,
  description: string,
): Field<{ kind: 'string'; values: V }> {
  return { type: { kind: 'string', values }, description };
}

/** A whole number. */
export function int(description: string): Field<{ kind: 'int' }> {
  return { type: { kind: 'int' }, description };
}

/** A number. */
export function double(description: string): Field<{ kind: 'double' }> {
  return { type: { kind: 'double' }, description };
}

/** True or false. */
export function bool(description: string): Field<{ kind: 'bool' }> {
  return { type: { kind: 'bool' }, description };
}

/** An instant. */
export function timestamp(description: string): Field<{ kind: 'timestamp' }> {
  return { type: { kind: 'timestamp' }, description };
}

/** A list of texts. */
export function texts(
  description: string,
): Field<{ kind: 'list'; element: { kind: 'string' } }> {
  return { type: { kind: 'list', element: { kind: 'string' } }, description };
}

/** A list of what a field describes. */
export function listOf<T extends FactType>(
  element: T,
  description: string,
): Field<{ kind: 'list'; element: T }> {
  return { type: { kind: 'list', element }, description };
}

/** An object. */
export function object<F extends FactFields>(
  fields: F,
  description: string,
): Field<{ kind: 'object'; fields: F }> {
  return { type: { kind: 'object', fields }, description };
}
