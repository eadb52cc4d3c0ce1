import { formatPoint, parsePoint } from './resumePoints';

const KEY = 'pods-1,shop';
const nothing = { resourceVersion: '7', inDoubt: false, refused: [] };

it.each([
  ['nothing is open', nothing, '7@pods-1,shop'],
  ['something was lost', { ...nothing, inDoubt: true }, '7@pods-1,shop\n[]'],
  [
    'objects were refused, whatever they are called',
    { ...nothing, inDoubt: true, refused: ['a@b\n"', '\ud800'] },
    '7@pods-1,shop\n["a@b\\n\\"","\\ud800"]',
  ],
  [
    'too many were refused to name them',
    { ...nothing, inDoubt: true, refused: 'all' as const },
    '7@pods-1,shop\n"all"',
  ],
])('says when %s', (_, content, text) => {
  expect(formatPoint(content, KEY)).toBe(text);
  expect(parsePoint(text, KEY)).toEqual(content);
});

it('names no more objects than a list of changes would ask for', () => {
  const refused = Array.from({ length: 201 }, (_, index) => `u${index}`);
  expect(formatPoint({ ...nothing, refused }, KEY)).toBe(
    '7@pods-1,shop\n"all"',
  );
});

it.each([
  '7@pods-2,shop',
  '@pods-1,shop',
  '7',
  '7@pods-1,shop\n',
  '7@pods-1,shop\n[',
  '7@pods-1,shop\n[1]',
  '7@pods-1,shop\n"some"',
])('goes on from no point like %j', text => {
  expect(parsePoint(text, KEY)).toBeUndefined();
});
