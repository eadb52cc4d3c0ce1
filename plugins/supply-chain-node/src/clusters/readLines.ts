/**
 * A line of a stream, or the notice that one was too long and was skipped.
 *
 * @internal
 */
export type StreamLine = { kind: 'line'; text: string } | { kind: 'tooLong' };

/**
 * Cuts a stream of bytes into lines. A line past the limit is not kept in memory and not returned; the lines after it
 * are. Text without a final line feed is an interrupted line and dropped.
 *
 * @internal
 */
export async function* readLines(
  body: AsyncIterable<Uint8Array>,
  options: { maxLineBytes: number },
): AsyncGenerator<StreamLine[]> {
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  let skipping = false;
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const lines: StreamLine[] = [];
    let start = 0;
    for (
      let end = bytes.indexOf(10);
      end >= 0;
      end = bytes.indexOf(10, start)
    ) {
      const tooLong = pendingBytes + (end - start) > options.maxLineBytes;
      if (skipping || tooLong) {
        lines.push({ kind: 'tooLong' });
      } else {
        pending.push(bytes.subarray(start, end));
        const text = Buffer.concat(pending).toString('utf8').trim();
        if (text) {
          lines.push({ kind: 'line', text });
        }
      }
      pending = [];
      pendingBytes = 0;
      skipping = false;
      start = end + 1;
    }
    pendingBytes += bytes.length - start;
    if (skipping || pendingBytes > options.maxLineBytes) {
      pending = [];
      skipping = true;
    } else if (start < bytes.length) {
      pending.push(bytes.subarray(start));
    }
    // Also without a whole line: the caller takes every chunk as a sign of life.
    yield lines;
  }
}
