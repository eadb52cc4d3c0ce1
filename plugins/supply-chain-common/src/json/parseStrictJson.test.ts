import fc from 'fast-check';
import { parseStrictJson, StrictJsonProblem } from './parseStrictJson';

const LIMITS = { maxBytes: 1000 };

describe('parseStrictJson', () => {
  it.each<[string, string | Uint8Array, StrictJsonProblem]>([
    ['a key stands twice', '{"a":1,"a":1}', 'duplicateKey'],
    ['a key stands twice, once escaped', '{"a":1,"\\u0061":2}', 'duplicateKey'],
    [
      'a key stands twice, deep inside',
      '[{"x":{"a":1,"a":2}}]',
      'duplicateKey',
    ],
    ['__proto__ stands twice', '{"__proto__":1,"__proto__":2}', 'duplicateKey'],
    ['something follows the document', '{} {}', 'malformed'],
    ['a comma trails', '{"a":1,}', 'malformed'],
    ['there is a comment', '{"a":1/* b */}', 'malformed'],
    ['it is cut off', '{"a":', 'malformed'],
    ['it is empty', '', 'malformed'],
    ['it begins with a byte order mark', '\uFEFF{}', 'malformed'],
    ['it is not UTF-8', Uint8Array.from([0x22, 0xff, 0x22]), 'malformed'],
    ['a number has a leading zero', '{"a":01}', 'malformed'],
    ['it is nested too deeply', '['.repeat(65) + ']'.repeat(65), 'tooDeep'],
    ['it is one byte too large', `"${'x'.repeat(999)}"`, 'tooLarge'],
  ])('refuses when %s', (_condition, document, problem) => {
    expect(parseStrictJson(document, LIMITS)).toEqual({
      ok: false,
      problem,
      message: expect.any(String),
    });
  });

  it('reads the same key in different objects', () => {
    expect(parseStrictJson('[{"a":1},{"a":{"a":2}}]', LIMITS)).toEqual({
      ok: true,
      value: [{ a: 1 }, { a: { a: 2 } }],
    });
  });

  it('reads exactly the permitted depth and size', () => {
    expect(parseStrictJson('['.repeat(64) + ']'.repeat(64), LIMITS).ok).toBe(
      true,
    );
    expect(parseStrictJson(`"${'x'.repeat(998)}"`, LIMITS).ok).toBe(true);
  });

  it.each([
    ['colons and brackets', '{"a:{[":"}]:{","b":":"}'],
    ['escaped quotes', '{"a\\":{":"\\\\","b":"\\\\\\":[","c":"\\\\"}'],
    ['no string at all', '[{},[],1,null]'],
    ['nothing but null', 'null'],
  ])('is not misled by %s in strings', (_condition, document) => {
    expect(parseStrictJson(document, LIMITS)).toEqual({
      ok: true,
      value: JSON.parse(document),
    });
  });

  it('finds every key that stands twice, whatever else the document holds', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue(), {
          minKeys: 1,
        }),
        fc.nat(),
        (content, choice) => {
          const keys = Object.keys(content);
          const twice = JSON.stringify(keys[choice % keys.length]);
          const whole = JSON.stringify({ inside: content });
          const document = `${whole.slice(0, -2)},${twice}:0}}`;
          expect(parseStrictJson(document, { maxBytes: 1_000_000 })).toEqual({
            ok: false,
            problem: 'duplicateKey',
            message: expect.any(String),
          });
        },
      ),
    );
  });

  it('leaves the prototype alone when a key is __proto__', () => {
    const result = parseStrictJson('{"__proto__":{"polluted":true}}', LIMITS);
    expect(result.ok && Object.keys(result.value as object)).toEqual([
      '__proto__',
    ]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('does not overflow the stack, however deep the document', () => {
    const deep = '[{"a":'.repeat(200_000);
    expect(parseStrictJson(deep, { maxBytes: 10_000_000 })).toMatchObject({
      problem: 'tooDeep',
    });
  });

  it('gives what JSON.parse gives for every document it accepts, and never throws', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), document => {
        expect(parseStrictJson(document, { maxBytes: 1_000_000 })).toEqual({
          ok: true,
          value: JSON.parse(document),
        });
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array(), bytes => {
        expect(typeof parseStrictJson(bytes, LIMITS).ok).toBe('boolean');
      }),
    );
  });
});
