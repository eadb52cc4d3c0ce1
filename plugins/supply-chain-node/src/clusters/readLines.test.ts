import fc from 'fast-check';
import { readLines, StreamLine } from './readLines';

async function* stream(chunks: Uint8Array[]) {
  yield* chunks;
}

async function lines(chunks: Buffer[], maxLineBytes = 1_000) {
  const all: StreamLine[] = [];
  for await (const some of readLines(stream(chunks), { maxLineBytes })) {
    all.push(...some);
  }
  return all.map(line => (line.kind === 'line' ? line.text : line.kind));
}

it('gives the same lines however the bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme', maxLength: 20 })),
      fc.integer({ min: 1, max: 7 }),
      async (texts, size) => {
        const wanted = texts
          .map(text => text.replace(/\n/g, '').trim())
          .filter(Boolean);
        const bytes = Buffer.from(`${wanted.join('\n')}\n`);
        const chunks = [];
        for (let start = 0; start < bytes.length; start += size) {
          chunks.push(bytes.subarray(start, start + size));
        }
        expect(await lines(chunks)).toEqual(wanted);
      },
    ),
  );
});

it('skips a line that is too long, in one piece or several, and goes on', async () => {
  const long = Buffer.from('x'.repeat(30));
  const end = Buffer.from('\nb\n');
  expect(await lines([Buffer.from('a\n'), long, long, end], 20)).toEqual([
    'a',
    'tooLong',
    'b',
  ]);
  expect(await lines([Buffer.concat([long, end])], 20)).toEqual([
    'tooLong',
    'b',
  ]);
});

it('drops an interrupted line', async () => {
  expect(await lines([Buffer.from('a\nb')])).toEqual(['a']);
});
