import { readFileUpTo } from './readFileUpTo';

/**
 * The bytes of a file, which is read no further than to a limit.
 *
 * @throws Error when it cannot be read, or has more.
 */
export async function readLimited(
  path: string,
  maxBytes: number,
): Promise<Buffer> {
  const bytes = await readFileUpTo(path, maxBytes);
  if (!bytes) {
    throw new Error(
      `'${path}' is too large: expected at most ${maxBytes} bytes`,
    );
  }
  return bytes;
}
