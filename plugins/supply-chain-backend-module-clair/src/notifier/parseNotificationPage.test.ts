import { parseNotificationPage } from './parseNotificationPage';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const NEXT = 'b2d6c7f6-97b2-4c6b-8b7e-2f1f7f7a6b1d';

const parse = (value: unknown) =>
  parseNotificationPage(
    Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
  );
const about = (manifest: unknown) => ({
  id: '5e4b387e-88d3-4364-86fd-063447a6fad2',
  manifest,
  reason: 'added',
  vulnerability: { name: 'CVE-2009-5155', severity: 'Low' },
});

it.each<[string, object, object]>([
  [
    'a page with more to come',
    { page: { size: 1, next: NEXT }, notifications: [about(DIGEST)] },
    { manifests: [DIGEST], next: NEXT },
  ],
  [
    'the last page',
    { page: { size: 1 }, notifications: [about(DIGEST)] },
    { manifests: [DIGEST] },
  ],
  [
    'the last page with an id that is none',
    {
      page: { size: 1, next: '00000000-0000-0000-0000-000000000000' },
      notifications: null,
    },
    { manifests: [] },
  ],
  [
    'what is about no manifest',
    { page: { size: 2 }, notifications: [about('latest'), 7, about(DIGEST)] },
    { manifests: [DIGEST] },
  ],
  [
    'an address of a next page that is none',
    { page: { next: '../../indexer' }, notifications: [] },
    { manifests: [] },
  ],
])('reads %s', (_, page, expected) => {
  expect(parse(page)).toEqual(expected);
});

it.each(['', '{', '[]', '{}', { page: {} }, { page: {}, notifications: {} }])(
  'refuses %j',
  page => {
    expect(parse(page)).toBeUndefined();
  },
);
