import { hasUnseenCharacters } from 'backstage-plugin-supply-chain-common';

// What no POSIX shell gives a meaning to, wherever it stands.
const PLAIN = /^[\w/:.,@%+-]+$/;

/**
 * A command to paste into a shell (L32); `undefined` when an argument holds what a terminal may act on although it
 * is quoted.
 */
export function quoteCommand(command: readonly string[]): string | undefined {
  const isVisible = !command.some(hasUnseenCharacters);
  return isVisible && command.length > 0
    ? command.map(quoteArgument).join(' ')
    : undefined;
}

// POSIX.1-2017, Shell Command Language, 2.2.2 Single-Quotes.
function quoteArgument(argument: string): string {
  return PLAIN.test(argument)
    ? argument
    : `'${argument.split("'").join(`'\\''`)}'`;
}
