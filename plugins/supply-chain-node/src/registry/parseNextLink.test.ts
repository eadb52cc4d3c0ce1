import { parseNextLink } from './parseNextLink';

const PAGE = new URL('https://registry.acme.example/v2/a/referrers/x?n=1');

describe('parseNextLink', () => {
  it.each([
    ['</v2/a/referrers/x?n=2>; rel="next"', '/v2/a/referrers/x?n=2'],
    ['<?n=2>; rel=next', '/v2/a/referrers/x?n=2'],
    ['<?n=2>; title="t"; REL="next"', '/v2/a/referrers/x?n=2'],
    ['<?n=0>; rel="prev", <?n=2>; rel="next"', '/v2/a/referrers/x?n=2'],
  ])('reads %s', (header, expected) => {
    expect(parseNextLink(header, PAGE)?.href).toBe(
      `https://registry.acme.example${expected}`,
    );
  });

  it.each([
    undefined,
    '',
    '?n=2; rel="next"',
    '<?n=2>; rel="prev"',
    '<?n=2>',
    '<http://[>; rel="next"',
    '<?n=2; rel="next"',
  ])('finds none in %s', header => {
    expect(parseNextLink(header, PAGE)).toBeUndefined();
  });
});
