import { CelInput } from '@bufbuild/cel';
import { FactFields, FactType } from '../facts/factTypes';

/** Converts a fact, following its type. */
export type ConvertFact = (type: FactType, value: unknown) => CelInput;

/**
 * An object among the facts, as a map of the engine. A field is converted when an expression reads it: most of an object
 * is read by no rule, and lists of objects are long. What nobody described is not there.
 */
export class FactMap implements ReadonlyMap<string, CelInput> {
  readonly #fields: FactFields;
  readonly #value: Record<string, unknown>;
  readonly #convert: ConvertFact;

  constructor(options: {
    fields: FactFields;
    value: Record<string, unknown>;
    convert: ConvertFact;
  }) {
    this.#fields = options.fields;
    this.#value = options.value;
    this.#convert = options.convert;
  }

  get size(): number {
    return [...this.keys()].length;
  }

  get(name: string): CelInput | undefined {
    return this.has(name)
      ? this.#convert(this.#fields[name].type, this.#value[name])
      : undefined;
  }

  // What is missing may be written as `undefined`.
  has(name: string): boolean {
    return Object.hasOwn(this.#fields, name) && this.#value[name] !== undefined;
  }

  *keys(): MapIterator<string> {
    for (const name of Object.keys(this.#fields)) {
      if (this.has(name)) {
        yield name;
      }
    }
  }

  *values(): MapIterator<CelInput> {
    for (const name of this.keys()) {
      yield this.get(name)!;
    }
  }

  *entries(): MapIterator<[string, CelInput]> {
    for (const name of this.keys()) {
      yield [name, this.get(name)!];
    }
  }

  [Symbol.iterator](): MapIterator<[string, CelInput]> {
    return this.entries();
  }

  forEach(
    callback: (
      value: CelInput,
      name: string,
      map: ReadonlyMap<string, CelInput>,
    ) => void,
  ): void {
    for (const [name, value] of this) {
      callback(value, name, this);
    }
  }
}
