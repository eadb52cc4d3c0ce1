/**
 * Order of texts that is the same on every machine, unlike that of a locale.
 *
 * @public
 */
export function compareText(left: string, right: string): number {
  return Number(left > right) - Number(left < right);
}
