/**
 * Ends a command with exit code 2 before it looked at anything.
 *
 * - `usage`: the arguments are wrong; the help is pointed to.
 * - `configuration`: a file they name is.
 */
export class CommandLineError extends Error {
  readonly kind: 'usage' | 'configuration';
  /** What to print, a line each. */
  readonly lines: readonly string[];

  constructor(kind: 'usage' | 'configuration', lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'CommandLineError';
    this.kind = kind;
    this.lines = lines;
  }
}

/** The arguments are wrong. */
export function usageError(message: string): CommandLineError {
  return new CommandLineError('usage', [message]);
}
