import { open } from 'node:fs/promises';

/**
 * The bytes of a file, which is read no further than to a limit.
 *
 * @throws Error when it cannot be read, or has more.
 */
export async function readLimited(
  path: string,
  maxBytes: number,
): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of file.createReadStream({ autoClose: false })) {
      size += chunk.length;
      if (size > maxBytes) {
        throw new Error(
          `'${path}' is too large: expected at most ${maxBytes} bytes`,
        );
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } finally {
    await file.close();
  }
}
