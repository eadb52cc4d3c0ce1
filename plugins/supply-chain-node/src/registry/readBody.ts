import type { Readable } from 'stream';

/**
 * Reads a body while counting it; `undefined` as soon as it is larger than
 * allowed, without reading on. The declared length only makes that earlier:
 * it is a claim.
 */
export async function readBody(
  body: Readable,
  options: { maxBytes: number; contentLength?: string },
): Promise<Uint8Array | undefined> {
  if (Number(options.contentLength ?? 0) > options.maxBytes) {
    discard(body);
    return undefined;
  }
  const chunks: Buffer[] = [];
  let total = 0;
  for await (const chunk of body) {
    total += chunk.length;
    if (total > options.maxBytes) {
      // Leaving the loop destroys the stream, which closes the connection.
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, total);
}

function discard(body: Readable): void {
  // Destroying reports an abort that is our own wish; the caller names the reason.
  body.on('error', () => undefined);
  body.destroy();
}
