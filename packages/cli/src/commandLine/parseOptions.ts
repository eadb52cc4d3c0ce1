import { parseArgs } from 'node:util';
import { usageError } from './CommandLineError';

/** An option of a command; `several` may be given more than once. */
export type OptionKind = 'flag' | 'value' | 'several';

/** What was written, by option. */
export type ParsedOptions = {
  positionals: string[];
  has(name: string): boolean;
  value(name: string): string | undefined;
  values(name: string): string[];
};

/** Reads arguments strictly: what is not known or stands twice is refused, never guessed. */
export function parseOptions(
  argv: string[],
  kinds: Readonly<Record<string, OptionKind>>,
): ParsedOptions {
  const { values, positionals } = parseStrictly(argv, kinds);
  const valuesOf = (name: string) => (values[name] ?? []).map(String);
  for (const [name, kind] of Object.entries(kinds)) {
    const given = valuesOf(name);
    if (kind !== 'several' && given.length > 1) {
      throw usageError(`expected --${name} once, got it ${given.length} times`);
    }
    if (given.includes('')) {
      throw usageError(`expected a value for --${name}, got none`);
    }
  }
  return {
    positionals,
    has: name => valuesOf(name).length > 0,
    value: name => valuesOf(name)[0],
    values: valuesOf,
  };
}

function parseStrictly(
  argv: string[],
  kinds: Readonly<Record<string, OptionKind>>,
) {
  const options = Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => [
      name,
      {
        type: kind === 'flag' ? ('boolean' as const) : ('string' as const),
        multiple: true as const,
        ...(name === 'help' && { short: 'h' }),
      },
    ]),
  );
  try {
    return parseArgs({ args: argv, options, allowPositionals: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!code?.startsWith('ERR_PARSE_ARGS_')) {
      throw error;
    }
    throw usageError(message);
  }
}
