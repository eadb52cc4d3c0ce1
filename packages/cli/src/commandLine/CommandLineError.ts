/** Why a command ends early. */
export type CommandLineErrorKind = 'usage' | 'configuration' | 'cannotTell';

/**
 * Ends a command before it could say anything.
 *
 * - `usage`: the arguments are wrong; the help is pointed to.
 * - `configuration`: a file they name is.
 * - `cannotTell`: what was asked for could not be found out.
 */
export class CommandLineError extends Error {
  readonly kind: CommandLineErrorKind;
  /** What to print, a line each. */
  readonly lines: readonly string[];

  constructor(kind: CommandLineErrorKind, lines: readonly string[]) {
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
