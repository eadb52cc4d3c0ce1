import { DIGEST, policy, REPOSITORY } from '../testing/exampleFacts';
import {
  good,
  judge,
  PINNED,
  UNSIGNED,
  unsigned,
  vulnerable,
} from '../testing/exampleJudged';
import { entitySummary } from './entitySummary';
import { imageRowsOf, PLATFORM_IMAGES_KEY } from './imageRowsOf';
import { imageKey } from './judgeImage';
import { mergeImages } from './mergeImages';

describe('images of an entity', () => {
  it('are one row per digest, wrong where one place is wrong', () => {
    const elsewhere = judge({
      image: { cluster: 'prod-us', imageRef: `${REPOSITORY}:latest` },
    });
    const [row, ...rest] = mergeImages([good, elsewhere, good]);
    expect(rest).toEqual([]);
    expect(row).toMatchObject({
      outcome: 'fail',
      reason: 'movingTag',
      answers: { registry: 'fail', signature: 'pass' },
    });
    expect(row.verdicts).toHaveLength(1);
    expect(row.verdicts[0].outcome).toBe('fail');
    expect(row.placements.map(({ cluster }) => cluster)).toEqual([
      'prod-eu',
      'prod-eu',
      'prod-us',
    ]);
  });

  it('show the worst signature and the least certain scan of several places', () => {
    const worse = judge({
      image: { namespace: 'edge' },
      facts: { signatures: UNSIGNED, scans: [] },
    });
    expect(mergeImages([good, worse])).toMatchObject([
      {
        signature: { status: 'unsigned' },
        vulnerabilities: { status: 'absent' },
      },
    ]);
  });

  it('stand worst first, those of the platform in one row at the end (L36)', () => {
    const mesh = (name: string) =>
      judge({
        image: {
          imageRef: `registry.acme.example/mesh/${name}:1`,
          repository: `registry.acme.example/mesh/${name}`,
        },
      });
    expect(
      imageRowsOf([mesh('proxy'), good, mesh('init'), unsigned]).map(
        ({ key }) => key,
      ),
    ).toEqual([unsigned.key, good.key, PLATFORM_IMAGES_KEY]);
    expect(imageRowsOf([mesh('proxy'), mesh('init')])).toMatchObject([
      {
        outcome: 'fail',
        reason: 'unpinnedReference',
        placements: [{}, {}],
        counts: { fail: 2 },
      },
    ]);
    expect(imageRowsOf([mesh('proxy')])).toMatchObject([
      { key: mesh('proxy').key },
    ]);
    const covered = judge({
      image: {
        imageRef: `registry.acme.example/mesh/a@${DIGEST}`,
        repository: 'registry.acme.example/mesh/a',
      },
    });
    const other = judge({
      image: {
        imageRef: `registry.acme.example/mesh/b@${DIGEST}`,
        repository: 'registry.acme.example/mesh/b',
      },
    });
    expect(imageRowsOf([covered, other])[0]).not.toHaveProperty('reason');
  });

  it('have one key by repository and digest, else by reference', () => {
    expect(
      imageKey({ imageRef: 'x', repository: REPOSITORY, digest: DIGEST }),
    ).toBe(PINNED);
    expect(imageKey({ imageRef: 'x', repository: REPOSITORY })).toBe('x');
  });

  it('name every policy that judges them, in order', () => {
    const two = [policy({ name: 'b' }), policy({ name: 'a' })];
    const { policies, worst } = entitySummary([
      judge({ policies: two, facts: { signatures: UNSIGNED } }),
    ]);
    expect(policies.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(worst).toMatchObject({ ruleId: 'image-signed', images: 1, of: 1 });
  });

  it('are their last known ones where nothing runs now', () => {
    const gone = judge({ running: false, facts: { signatures: UNSIGNED } });
    expect(entitySummary([gone]).outcome).toBe('fail');
    expect(entitySummary([gone, vulnerable]).counts).toMatchObject({ fail: 1 });
    expect(
      mergeImages([gone, good])[0].placements.map(({ running }) => running),
    ).toEqual([true, false]);
  });
});
