/**
 * The values that are there, so that an unknown one is absent and not `undefined`.
 *
 * @public
 */
export function definedOnly<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}
