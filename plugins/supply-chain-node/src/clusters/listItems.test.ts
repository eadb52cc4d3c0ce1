import fc from 'fast-check';
import { parseList } from './listItems';

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

it('takes null for an empty list', async () => {
  const text = '{"metadata":{"resourceVersion":"1"},"items":null}';
  expect(await parseList(Buffer.from(text))).toMatchObject({ items: [] });
});
