/** Messages as they are written: nested by subject. */
export type NestedMessages = { [key: string]: string | NestedMessages };

/** Every dotted key of nested messages. */
export type FlatKey<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${FlatKey<T[K]>}`;
}[keyof T & string];

/**
 * Nested messages under dotted keys.
 */
export function flattenMessages<T extends object>(
  nested: T,
): Record<FlatKey<T>, string> {
  const flat: Record<string, string> = {};
  const visit = (messages: object, prefix: string) => {
    for (const [name, value] of Object.entries(messages)) {
      if (typeof value === 'string') {
        flat[`${prefix}${name}`] = value;
      } else {
        visit(value, `${prefix}${name}.`);
      }
    }
  };
  visit(nested, '');
  return flat as Record<FlatKey<T>, string>;
}
