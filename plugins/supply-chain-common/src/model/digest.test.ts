import { digestAlgorithm, digestHex, isDigest, parseDigest } from './digest';

const HEX = '0123456789abcdef'.repeat(4);

describe('a digest', () => {
  it.each([`sha256:${HEX}`, `sha512:${HEX}${HEX}`])('accepts %s', text => {
    expect(parseDigest(text)).toBe(text);
    expect(isDigest(text)).toBe(true);
  });

  it.each([
    ['upper-case digits', `sha256:${HEX.toUpperCase()}`],
    ['an upper-case algorithm', `SHA256:${HEX}`],
    ['too few digits', `sha256:${HEX.slice(1)}`],
    ['too many digits', `sha256:${HEX}0`],
    ['sha256 with the length of sha512', `sha256:${HEX}${HEX}`],
    ['sha512 with the length of sha256', `sha512:${HEX}`],
    ['a weak algorithm', `sha1:${HEX.slice(0, 40)}`],
    ['a trailing line feed', `sha256:${HEX}\n`],
    ['a leading blank', ` sha256:${HEX}`],
    ['nothing', ''],
    ['a value that is no string', 7],
    ['an array that prints like a digest', [`sha256:${HEX}`]],
  ])('refuses %s', (_, value) => {
    expect(parseDigest(value)).toBeUndefined();
  });

  it('tells its algorithm and digits', () => {
    const short = parseDigest(`sha256:${HEX}`)!;
    const long = parseDigest(`sha512:${HEX}${HEX}`)!;
    expect([digestAlgorithm(short), digestHex(short)]).toEqual(['sha256', HEX]);
    expect([digestAlgorithm(long), digestHex(long)]).toEqual([
      'sha512',
      HEX + HEX,
    ]);
  });
});
