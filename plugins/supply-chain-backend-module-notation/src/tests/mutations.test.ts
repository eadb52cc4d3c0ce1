import fc from 'fast-check';
import {
  SIGNED_AT,
  ask,
  AUTHORITY,
  FORMATS,
  rootWithTimestamps,
  sign,
} from '../__testUtils__/signing';
import { readEnvelope } from '../verify/soundEnvelope';

/** Some of them leave the bytes as they are; 3,000 must not. */
const RUNS = 3700;
const MUTATIONS = 3000;
const SEED = 20261125;
const MAX_MS = 2000;

/** What one mutation does to bytes; the numbers are fractions of what they choose from. */
type Mutation = {
  kind: 'flip' | 'set' | 'insert' | 'remove' | 'cut' | 'repeat' | 'swap';
  at: number;
  to: number;
  value: number;
};

const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom(
    'flip',
    'set',
    'insert',
    'remove',
    'cut',
    'repeat',
    'swap',
  ),
  at: fc.double({ min: 0, max: 0.999999, noNaN: true }),
  to: fc.double({ min: 0, max: 0.999999, noNaN: true }),
  value: fc.integer({ min: 0, max: 255 }),
});

function mutate(bytes: Buffer, { kind, at, to, value }: Mutation): Buffer {
  const index = Math.floor(at * bytes.length);
  const other = Math.floor(to * bytes.length);
  const [start, end] = [Math.min(index, other), Math.max(index, other)];
  const copy = Buffer.from(bytes);
  switch (kind) {
    case 'flip':
      copy[index] = copy[index] ^ (1 << value % 8); // eslint-disable-line no-bitwise
      return copy;
    case 'set':
      copy[index] = value;
      return copy;
    case 'insert':
      return Buffer.concat([
        copy.subarray(0, index),
        Buffer.from([value]),
        copy.subarray(index),
      ]);
    case 'remove':
      return Buffer.concat([
        copy.subarray(0, start),
        copy.subarray(start + 1 + (value % 16)),
      ]);
    case 'cut':
      return copy.subarray(0, index);
    case 'repeat':
      return Buffer.concat([copy, copy.subarray(start, end)]);
    default: {
      [copy[index], copy[other]] = [copy[other], copy[index]];
      return copy;
    }
  }
}

describe.each(FORMATS)('mutations of a signature in %s', format => {
  const original = sign({
    format,
    timestamp: signature => AUTHORITY.timestamp(signature, SIGNED_AT),
  });
  const trustRoots = [rootWithTimestamps()];
  const signed = readEnvelope(original, format).envelope;

  const isAccepted = (bytes: Buffer) =>
    ask({ bytes, format, trustRoots }).checks[0].status === 'verified';

  /** What nobody signed may differ: the name of the client, say. What was signed may not. */
  const holdsTheSame = (bytes: Buffer) => {
    const { envelope } = readEnvelope(bytes, format);
    return (
      envelope.signed.equals(signed.signed) &&
      envelope.payload.equals(signed.payload) &&
      envelope.signature.equals(signed.signature) &&
      envelope.chain.every((der, index) => der.equals(signed.chain[index]))
    );
  };

  it('none is accepted that changes what is signed, none takes long, none throws', () => {
    let changed = 0;
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), steps => {
        const bytes = steps.reduce(mutate, original);
        const startedAt = performance.now();
        const verified = isAccepted(bytes);
        expect(performance.now() - startedAt).toBeLessThan(MAX_MS);
        expect(!verified || holdsTheSame(bytes)).toBe(true);
        const isChanged = !bytes.equals(original);
        changed += isChanged ? 1 : 0;
        accepted += isChanged && verified ? 1 : 0;
      }),
      { seed: SEED, numRuns: RUNS },
    );
    expect(isAccepted(original)).toBe(true);
    expect(changed).toBeGreaterThanOrEqual(MUTATIONS);
    expect(accepted).toBeLessThan(0.05 * MUTATIONS);
  });

  it('no byte of what is signed, of the signature or of the chain can be another', () => {
    const parts = [signed.signed, signed.signature, ...signed.chain];
    const text = (part: Buffer) => {
      if (format === 'cose') {
        return [part];
      }
      return part === signed.signed
        ? [
            part.subarray(0, part.indexOf('.')),
            part.subarray(part.indexOf('.') + 1),
          ]
        : [
            Buffer.from(
              part === signed.signature
                ? part.toString('base64url')
                : part.toString('base64'),
            ),
          ];
    };
    const ranges = parts
      .flatMap(text)
      .map(part => ({ start: original.indexOf(part), length: part.length }))
      // In COSE the signed bytes are put together anew; the payload stands in the envelope.
      .filter(({ start }) => start >= 0);
    ranges.push({
      start: original.indexOf(signed.payload),
      length: signed.payload.length,
    });
    let tried = 0;
    for (const { start, length } of ranges.filter(range => range.start >= 0)) {
      for (let index = start; index < start + length; index += 7) {
        const bytes = Buffer.from(original);
        bytes[index] = (bytes[index] + 1) % 256;
        tried += 1;
        expect(isAccepted(bytes)).toBe(false);
      }
    }
    expect(tried).toBeGreaterThan(100);
  });
});

describe('bytes that are no signature', () => {
  it.each(FORMATS)('are never accepted and never throw, read as %s', format => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), bytes => {
        expect(ask({ bytes, format }).checks[0].status).toBe('invalid');
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it.each<[string, (typeof FORMATS)[number], Buffer]>([
    ['nested lists', 'jws', Buffer.alloc(256 * 1024, '[')],
    ['nested lists', 'cose', Buffer.alloc(256 * 1024, 0x81)],
    [
      'a list of as many empty lists as fit',
      'cose',
      Buffer.concat([
        Buffer.from('d29a0003fff0', 'hex'),
        Buffer.alloc(0x3fff0, 0x80),
      ]),
    ],
    [
      'a length that nobody has',
      'cose',
      Buffer.from('5bffffffffffffffff', 'hex'),
    ],
    [
      'a list of a length that nobody has',
      'cose',
      Buffer.from('9bffffffffffffffff', 'hex'),
    ],
    ['a map of as many keys as fit', 'cose', manyKeys(40_000)],
    [
      'an object of as many keys as fit',
      'jws',
      Buffer.from(
        `{${Array.from(
          { length: 20_000 },
          (_, index) => `"k${index}":1`,
        ).join()}}`,
      ),
    ],
  ])('take little time and room: %s', (_what, format, bytes) => {
    const heapBefore = process.memoryUsage().heapUsed;
    const startedAt = performance.now();
    expect(ask({ bytes, format }).checks[0].status).toBe('invalid');
    expect(performance.now() - startedAt).toBeLessThan(MAX_MS);
    expect(process.memoryUsage().heapUsed - heapBefore).toBeLessThan(
      64 * 1024 * 1024,
    );
  });
});

function manyKeys(count: number): Buffer {
  const head = Buffer.from('ba00000000', 'hex');
  head.writeUInt32BE(count, 1);
  const entries = Buffer.alloc(count * 6, 0x1a);
  for (let index = 0; index < count; index += 1) {
    entries.writeUInt32BE(index + 0x10000, index * 6 + 1);
    entries[index * 6 + 5] = 0x01;
  }
  return Buffer.concat([head, entries]);
}
