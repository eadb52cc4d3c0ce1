import { policy, REPOSITORY, rule } from '../testing/exampleFacts';
import {
  good,
  judge,
  PINNED,
  unsigned,
  vulnerable,
} from '../testing/exampleJudged';
import { worstFindingOf } from './worstFindingOf';

describe('the sentence at the top', () => {
  it('names the finding that makes the outcome, the most severe first', () => {
    expect(worstFindingOf([good, vulnerable, unsigned])).toMatchObject({
      ruleId: 'image-signed',
      reason: 'noSignature',
      outcome: 'fail',
      images: 1,
      of: 3,
      imageRef: unsigned.imageRef,
    });
  });

  it('names the one that more images have, then the first by name', () => {
    const pinning = (name: string) =>
      judge({
        image: {
          imageRef: `${REPOSITORY}/${name}:1`,
          repository: `${REPOSITORY}/${name}`,
        },
      });
    expect(
      worstFindingOf([pinning('a'), pinning('b'), pinning('b')]),
    ).toMatchObject({ ruleId: 'digest-pinned', images: 2, of: 2 });
    const both = policy({
      rules: [
        rule('digest-pinned', { movingTags: [] }, { id: 'b' }),
        rule('digest-pinned', { movingTags: [] }, { id: 'a' }),
      ],
    });
    expect(
      worstFindingOf([
        judge({ image: { imageRef: `${REPOSITORY}:1` }, policies: [both] }),
      ]),
    ).toMatchObject({ ruleId: 'a' });
    const [verdict] = good.verdicts;
    const plain = { ...verdict.findings[0], outcome: 'fail' as const };
    const reasons = [
      { ...plain, reason: undefined },
      { ...plain, reason: 'noSignature' as const },
      plain,
    ].map(each => ({
      ...verdict,
      policy: { name: String(each.reason), digest: 'x' },
      outcome: 'fail' as const,
      findings: [each],
    }));
    expect(
      worstFindingOf([{ ...good, outcome: 'fail', verdicts: reasons }]),
    ).not.toHaveProperty('reason');
  });

  it('says why where there is no finding', () => {
    expect(worstFindingOf([judge({ policies: [] })])).toEqual({
      outcome: 'unknown',
      reason: 'noPolicy',
      images: 1,
      of: 1,
      imageRef: PINNED,
    });
    const silent = { ...judge({ policies: [] }), reason: undefined };
    expect(worstFindingOf([silent])).not.toHaveProperty('reason');
  });

  it('names nothing where all is well, or nothing runs', () => {
    expect(worstFindingOf([good])).toBeUndefined();
    expect(worstFindingOf([])).toBeUndefined();
  });
});
