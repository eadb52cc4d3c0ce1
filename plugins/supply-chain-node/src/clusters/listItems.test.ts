import fc from 'fast-check';
import { expectSameList, parseList, peekHead } from './listItems';

const LARGE = 8 * 1024 * 1024 + 1;

/** The document made so large by white space that it is taken apart item by item. */
function padded(text: string): Buffer {
  return Buffer.from(text.padEnd(LARGE, ' '));
}

const page = (text: string) => parseList(padded(text));

describe('when a list is too large for one parse', () => {
  it('gives the same as the small one, whatever its strings hold', async () => {
    const item = fc.record({
      metadata: fc.record({ name: fc.string({ unit: 'binary' }) }),
      items: fc.array(fc.constantFrom('"', '\\', '}', ']', '{"items":[')),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(item, { maxLength: 5 }),
        fc.boolean(),
        async (items, itemsFirst) => {
          const metadata = {
            note: '"items":[{}]\\',
            items: [1],
            resourceVersion: '7',
            continue: 'next',
          };
          const list = itemsFirst
            ? { items, kind: 'items', metadata }
            : { kind: 'items', metadata, items };
          const text = JSON.stringify(list);
          const { bytes: _, ...large } = await page(text);
          const { bytes: __, ...small } = await parseList(Buffer.from(text));
          expect(large).toEqual(small);
          expect(large.items).toEqual(items);
        },
      ),
      { numRuns: 25 },
    );
  }, 30_000);

  it.each([
    ['no items', '{"metadata":{"resourceVersion":"1"}}'],
    ['items that are no objects', '{"items":[1,2]}'],
    ['an item cut off', '{"items":[{"a":1}'],
    ['an object cut off', '{"items":[{"a":1'],
    ['a string cut off', '{"items":[{"a":"1'],
    ['an item that is not JSON', '{"items":[{a}]}'],
    ['no version', '{"items":[{}]}'],
  ])('refuses %s', async (_, text) => {
    await expect(page(text)).rejects.toMatchObject({
      reason: 'malformedAnswer',
    });
  });
});

it.each([
  ['is not JSON', '{"items":[', 'the list is not JSON'],
  ['is no object', '[]', 'the list is not an object'],
  ['has no version', '{"items":[]}', 'the list has no resourceVersion'],
  [
    'has no items',
    '{"metadata":{"resourceVersion":"1"}}',
    'the list has no items',
  ],
])('refuses a small list that %s', async (_, text, message) => {
  await expect(parseList(Buffer.from(text))).rejects.toMatchObject({
    reason: 'malformedAnswer',
    message,
  });
});

it('takes pages of one version for one list, and of two for none', () => {
  const first = { resourceVersion: '7', items: [], bytes: 1 };
  expect(expectSameList(undefined, first)).toBe(first);
  expect(expectSameList(first, { ...first, bytes: 2 })).toBe(first);
  expect(() =>
    expectSameList(first, { ...first, resourceVersion: '8' }),
  ).toThrow('a page of version 8 in a list of version 7');
});

it('takes null for an empty list', async () => {
  const text = '{"metadata":{"resourceVersion":"1"},"items":null}';
  expect(await parseList(Buffer.from(text))).toMatchObject({ items: [] });
});

describe('peekHead', () => {
  const head = { resourceVersion: '7', continueToken: 'next' };
  const metadata = { resourceVersion: '7', continue: 'next' };
  const peeked = (list: unknown) => peekHead(Buffer.from(JSON.stringify(list)));

  it('says what a list says of itself, before its items are there', () => {
    expect(peeked({ kind: 'List', metadata, items: [{}] })).toEqual(head);
    const beginning = '{"metadata":{"resourceVersion":"7"},\n "items" : [';
    expect(peekHead(Buffer.from(beginning))).toEqual({ resourceVersion: '7' });
    const filled = { ...metadata, note: '"items":[{}]', items: [1] };
    expect(peeked({ metadata: filled, items: [] })).toEqual(head);
  });

  it.each([
    ['says it after its items', { items: [{ metadata }], metadata }],
    ['says nothing of itself', { items: [{ metadata }] }],
    ['has no version', { metadata: { continue: 'next' }, items: [] }],
    ['has no items', { metadata, items: null }],
    ['begins too late', { metadata, note: ' '.repeat(17_000), items: [] }],
    ['is none', [{ metadata }]],
  ])('says nothing of a list that %s', (_, list) => {
    expect(peeked(list)).toBeUndefined();
  });

  it.each(['', 'nonsense', '{"metadata":{"items":[', '{metadata:{},"items":['])(
    'says nothing of %j',
    text => {
      expect(peekHead(Buffer.from(text))).toBeUndefined();
    },
  );

  it('agrees with the whole list, or says nothing', async () => {
    const part = fc.constantFrom(
      `"metadata":${JSON.stringify(metadata)}`,
      '"metadata":{"resourceVersion":"7","continue":""}',
      '"metadata":{"resourceVersion":"7","items":["items"]}',
      '"kind":"items"',
      '"it\\"ems":[{}]',
      '"spec":{"items":[{"metadata":{"resourceVersion":"8"}}]}',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(part, { selector: text => text.slice(0, 6) }),
        fc.uniqueArray(part, { selector: text => text.slice(0, 6) }),
        async (before, after) => {
          const isTwice = [...before, ...after].filter(each =>
            each.startsWith('"metadata"'),
          );
          fc.pre(isTwice.length === 1);
          const parts = [...before, '"items":[{}]', ...after];
          const body = Buffer.from(`{${parts.join(',')}}`);
          const { items: _, bytes: __, ...whole } = await parseList(body);
          const isEarly = before.some(each => each.startsWith('"metadata"'));
          expect(peekHead(body)).toEqual(isEarly ? whole : undefined);
        },
      ),
    );
  });

  it('takes no mistake of its own for a list without a head', () => {
    const body = Buffer.from('{}');
    jest.spyOn(body, 'subarray').mockReturnValue(undefined as never);
    expect(() => peekHead(body)).toThrow(TypeError);
  });
});
