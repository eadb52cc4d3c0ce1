/**
 * The values that are there, so that an unknown one is absent and not `undefined`.
 *
 * @public
 */
export function definedOnly<T extends object>(values: T): Partial<T> {
  const defined: Partial<T> = {};
  // A loop, not entries and back: each finding of each report comes through here.
  for (const key of Object.keys(values) as (keyof T)[]) {
    if (values[key] !== undefined) {
      defined[key] = values[key];
    }
  }
  return defined;
}
