/**
 * Whether one of some texts has another one in it, in any case.
 *
 * @public
 */
export function containsText(
  texts: readonly (string | undefined)[],
  wanted: string,
): boolean {
  const lower = wanted.toLowerCase();
  return texts.some(text => text?.toLowerCase().includes(lower));
}
