import { escapeHostileText } from 'backstage-plugin-supply-chain-common';
import { escapeJson } from './escapeText';

// L32: what a terminal acts on, what moves text, what is not seen.
const HOSTILE = [
  '\u001b[31mred\u001b[0m',
  '\u009b2J',
  'a\rb\nc\td\be\0',
  '\u202egnp.exe',
  '\u2066a\u2069',
  'a\u200bb\ufeff',
  'line\u2028paragraph\u2029',
  'lone \ud800 surrogate',
  'filler \u3164\u115f',
  'tag \u{e0041}',
];

describe.each(HOSTILE)('with %j', text => {
  it('escapeHostileText leaves only what is seen and stays in place', () => {
    expect(escapeHostileText(text)).toMatch(/^[\x20-\x7e]+$/);
  });

  it('escapeJson leaves only what is seen, and parsing gives the text back', () => {
    const json = escapeJson(JSON.stringify({ text, [text]: 1 }, null, 2));
    expect(json).toMatch(/^[\x20-\x7e\n]+$/);
    expect(JSON.parse(json)).toEqual({ text, [text]: 1 });
  });
});

it('leaves ordinary text of every language alone', () => {
  const text = 'Zürich – 東京 – "ok" 👍';
  expect(escapeHostileText(text)).toBe(text);
  expect(JSON.parse(escapeJson(JSON.stringify(text)))).toBe(text);
});
