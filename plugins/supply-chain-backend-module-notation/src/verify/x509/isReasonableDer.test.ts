import { isReasonableDer } from './isReasonableDer';

const der = (hex: string) => Buffer.from(hex, 'hex');

/** A sequence around other bytes, its length in one or three bytes. */
function sequence(content: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(0x30820000 + content.length);
  return Buffer.concat([
    content.length < 0x80 ? Buffer.from([0x30, content.length]) : head,
    content,
  ]);
}

function nested(depth: number): Buffer {
  return depth === 0 ? der('0500') : sequence(nested(depth - 1));
}

describe('isReasonableDer', () => {
  it.each([
    ['one element', '0500'],
    ['an empty sequence', '3000'],
    ['a sequence of sequences', '300430003000'],
    ['a length that needs a byte of its own', `048180${'00'.repeat(0x80)}`],
  ])('takes %s', (_what, hex) => {
    expect(isReasonableDer(der(hex))).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['a tag alone', '30'],
    ['an element that goes on after the end', '300500'],
    ['something after the element', '05000500'],
    ['a child that is longer than its parent', '30020402'],
    ['a length that is not definite', '30800500 0000'.replace(' ', '')],
    ['a length that could be shorter', '04810100'],
    ['a length with a zero in front', `04820080${'00'.repeat(0x80)}`],
    ['a length of four bytes', '048400000001 00'.replace(' ', '')],
    ['a length that is cut off', '0482'],
    ['a tag of several bytes', '1f810100'],
  ])('refuses %s', (_what, hex) => {
    expect(isReasonableDer(der(hex))).toBe(false);
  });

  it('refuses what is nested deeper than anything that is read', () => {
    expect(isReasonableDer(nested(31))).toBe(true);
    expect(isReasonableDer(nested(33))).toBe(false);
  });

  it('refuses more elements than anything that is read has', () => {
    expect(isReasonableDer(sequence(Buffer.alloc(2 * 4095, der('0500'))))).toBe(
      true,
    );
    expect(isReasonableDer(sequence(Buffer.alloc(2 * 4096, der('0500'))))).toBe(
      false,
    );
  });
});
