import fc from 'fast-check';
import { parseChallenges } from './parseChallenges';

function challenges(header: string) {
  return parseChallenges(header).map(({ scheme, parameters }) => [
    scheme,
    Object.fromEntries(parameters),
  ]);
}

describe('parseChallenges', () => {
  it.each<[string, unknown[]]>([
    [
      'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull,push"',
      [
        [
          'bearer',
          {
            realm: 'https://auth.docker.io/token',
            service: 'registry.docker.io',
            scope: 'repository:a/b:pull,push',
          },
        ],
      ],
    ],
    ['BASIC Realm=r', [['basic', { realm: 'r' }]]],
    ['Basic realm = "a \\"b\\" \\\\"', [['basic', { realm: 'a "b" \\' }]]],
    ['Negotiate', [['negotiate', {}]]],
    [
      'Negotiate, Basic realm="x", charset="UTF-8", Bearer realm="y"',
      [
        ['negotiate', {}],
        ['basic', { realm: 'x', charset: 'UTF-8' }],
        ['bearer', { realm: 'y' }],
      ],
    ],
    [' , ,Basic realm="x",, ', [['basic', { realm: 'x' }]]],
    ['', []],
  ])('reads %s', (header, expected) => {
    expect(challenges(header)).toEqual(expected);
  });

  it.each([
    'Bearer realm="unterminated',
    'Bearer realm="ends with \\',
    'Bearer realm=',
    'Bearer realm="a",realm="b"',
    'Bearer realm="a" "b"',
    '"Bearer"',
    'Bearer =x',
    `Bearer realm="${'x'.repeat(9000)}"`,
  ])('guesses nothing from %s', header => {
    expect(challenges(header)).toEqual([]);
  });

  it('never throws and always ends', () => {
    const piece = fc.constantFrom(
      ...['Bearer', 'Basic', ' ', '=', ',', '"', '\\', 'realm', '\t', '\u0000'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), pieces => {
        expect(Array.isArray(parseChallenges(pieces.join('')))).toBe(true);
      }),
    );
  });
});
