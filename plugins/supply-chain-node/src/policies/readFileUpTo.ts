import { open } from 'node:fs/promises';

/**
 * The bytes of a file; `undefined` when it holds more than `maxBytes`. A pipe has no size beforehand, so it is read to
 * the limit and no further.
 *
 * @throws Error when it cannot be read.
 * @public
 */
export async function readFileUpTo(
  path: string,
  maxBytes: number,
): Promise<Buffer<ArrayBuffer> | undefined> {
  const file = await open(path, 'r');
  try {
    const chunks: Uint8Array[] = [];
    let size = 0;
    // With one byte more than allowed it is known to be too large.
    const stream = file.createReadStream({ autoClose: false });
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > maxBytes) {
        return undefined;
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } finally {
    await file.close();
  }
}
