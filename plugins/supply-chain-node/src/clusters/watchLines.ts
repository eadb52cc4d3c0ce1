import { readLines, StreamLine } from './readLines';

const LINE_MAX_BYTES = 8 * 1024 * 1024;

/**
 * The lines of a watch; a stream that breaks off ends like one that was closed.
 *
 * @internal
 */
export async function* watchLines({
  body,
}: Response): AsyncGenerator<StreamLine[]> {
  const iterator = readLines(
    (body ?? []) as unknown as AsyncIterable<Uint8Array>,
    { maxLineBytes: LINE_MAX_BYTES },
  );
  for (;;) {
    let next: IteratorResult<StreamLine[]>;
    try {
      next = await iterator.next();
    } catch {
      // A dropped connection is everyday; the next request says whether the cluster is there.
      return;
    }
    if (next.done) {
      return;
    }
    yield next.value;
  }
}
