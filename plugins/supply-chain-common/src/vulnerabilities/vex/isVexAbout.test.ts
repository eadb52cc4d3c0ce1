import {
  DIGEST,
  INDEX_DIGEST,
  OTHER_DIGEST,
  REPOSITORY,
} from '../../testing/exampleFacts';
import { vexDetail, vexStatement } from '../../testing/exampleVex';
import { isVexAbout } from './isVexAbout';

const image = { repository: REPOSITORY, digests: [DIGEST, INDEX_DIGEST] };
const about = (...digests: (typeof DIGEST)[]) =>
  isVexAbout(
    vexDetail([
      vexStatement({ products: [{ name: 'x', digests, repositories: [] }] }),
    ]),
    image,
  );
const of = (...repositories: string[]) =>
  isVexAbout(
    vexDetail([
      vexStatement({ products: [{ name: 'x', digests: [], repositories }] }),
    ]),
    image,
  );

describe('a document that comes with an image', () => {
  it('is about it by a digest, its repository, or without any product', () => {
    expect([
      about(DIGEST),
      about(INDEX_DIGEST, DIGEST),
      of(REPOSITORY),
      isVexAbout(vexDetail([vexStatement({ products: undefined })]), image),
    ]).toEqual([true, true, true, true]);
  });

  it('is not by anything else', () => {
    expect([
      about(OTHER_DIGEST),
      about(DIGEST, OTHER_DIGEST),
      of('registry.acme.example/shop/other'),
      of(REPOSITORY, 'registry.acme.example/shop/other'),
      of(),
      isVexAbout(vexDetail([vexStatement({ products: [] })]), image),
    ]).toEqual([false, false, false, false, false, false]);
  });

  it('is where it takes everything back, and not where nothing of it can be used', () => {
    expect(isVexAbout(vexDetail([]), image)).toBe(true);
    const ignored = [
      { index: 0, reason: 'vexNotJustified' as const, message: '' },
    ];
    expect(isVexAbout(vexDetail([], { ignored }), image)).toBe(false);
  });
});
