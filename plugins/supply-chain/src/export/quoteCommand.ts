import { hasUnseenCharacters } from '../ui/escapeHostileText';

/** Characters that mean nothing to a shell; `=`, `~` and `-` only where they are not first, so not here alone. */
const PLAIN = /^[A-Za-z0-9_/:.,@%+-][A-Za-z0-9_/:.,@%+=-]*$/;

/** POSIX.1-2017, Shell Command Language, 2.2.2 Single-Quotes. */
function quoteArgument(argument: string): string {
  return PLAIN.test(argument)
    ? argument
    : `'${argument.replace(/'/g, `'\\''`)}'`;
}

/**
 * A command to paste into a shell, or nothing when an argument holds characters that a terminal may act
 * on although they are quoted (L32).
 */
export function quoteCommand(
  command: readonly string[],
  options: { multiline?: boolean } = {},
): string | undefined {
  if (command.length === 0 || command.some(hasUnseenCharacters)) {
    return undefined;
  }
  const quoted = command.map(quoteArgument);
  if (!options.multiline) {
    return quoted.join(' ');
  }
  const lines: string[] = [];
  quoted.forEach((argument, index) => {
    const isLast = index === quoted.length - 1;
    const startsLine =
      index === 0 || argument.startsWith('--') || (isLast && index > 1);
    if (startsLine) {
      lines.push(argument);
    } else {
      lines[lines.length - 1] += ` ${argument}`;
    }
  });
  return lines.join(' \\\n  ');
}
