import { usageError } from './CommandLineError';
import { ParsedOptions } from './parseOptions';

/** `--output` of commands that write text or JSON. */
export function readFormat(options: ParsedOptions): 'text' | 'json' {
  const text = options.value('output') ?? 'text';
  if (text !== 'text' && text !== 'json') {
    throw usageError(`expected --output text or json, got "${text}"`);
  }
  return text;
}
