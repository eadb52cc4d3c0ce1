import { ClusterReadError } from './ClusterReadError';

/**
 * Reads a body to its end, and no further than the limit.
 *
 * @internal
 */
export async function readBounded(
  response: Response,
  maxBytes: number,
): Promise<Buffer> {
  const announced = Number(response.headers.get('Content-Length') ?? 0);
  if (announced > maxBytes) {
    await discard(response);
    throw tooLarge(maxBytes);
  }
  if (!response.body) {
    return Buffer.alloc(0);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.length;
    if (size > maxBytes) {
      // Leaving the loop cancels the body, so the rest is not transferred.
      throw tooLarge(maxBytes);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/**
 * Gives up on a body, so that its connection is freed.
 *
 * @internal
 */
export async function discard(response: Response): Promise<void> {
  // A body that already failed has nothing left to free; the caller reports what went wrong.
  await response.body?.cancel().catch(() => undefined);
}

function tooLarge(maxBytes: number): ClusterReadError {
  return new ClusterReadError(
    'answerTooLarge',
    `the answer is larger than ${maxBytes} bytes`,
  );
}
