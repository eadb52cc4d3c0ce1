import { MergedFinding } from './merge';

/**
 * Whether a finding goes by one of some names. Every scanner that found it must know it so: what one scanner says to be
 * the same must not let a waiver or a statement reach what another one found.
 */
export function isKnownAs(
  names: readonly string[],
  { sources }: Pick<MergedFinding, 'sources'>,
): boolean {
  return sources.every(
    ({ id, aliases = [] }) =>
      names.includes(id) || aliases.some(each => names.includes(each)),
  );
}
