import { matchesTextPattern } from 'backstage-plugin-supply-chain-common';

/**
 * Matches a whole subject (L15): `*` stands for any text without `/` and `:`, `**` for any text. Subjects have parts
 * between colons, and a pattern for one of them must not reach into the next.
 */
export function globMatcher(glob: string): (subject: string) => boolean {
  const parts = glob.split(':');
  return glob.includes('**')
    ? subject => matchesTextPattern({ glob }, subject)
    : subject => {
        const given = subject.split(':');
        return (
          given.length === parts.length &&
          parts.every((part, index) =>
            matchesTextPattern({ glob: part }, given[index]),
          )
        );
      };
}
