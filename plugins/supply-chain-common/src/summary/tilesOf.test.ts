import { policy, REPOSITORY } from '../testing/exampleFacts';
import { ALL, good, judge, UNSIGNED, unsigned } from '../testing/exampleJudged';
import { tilesOf } from './tilesOf';

describe('the five tiles', () => {
  it('stand in their fixed order with their reasons, worst first', () => {
    const tiles = tilesOf(ALL);
    expect(
      tiles.map(({ question, outcome, evaluated }) => [
        question,
        outcome,
        evaluated,
      ]),
    ).toEqual([
      ['signature', 'fail', true],
      ['provenance', 'notApplicable', false],
      ['registry', 'fail', true],
      ['vulnerabilities', 'fail', true],
      ['policy', 'fail', true],
    ]);
    expect(tiles[0]).toMatchObject({
      counts: { pass: 2, fail: 1 },
      reasons: [
        {
          code: 'noSignature',
          outcome: 'fail',
          images: 1,
          example: unsigned.imageRef,
        },
      ],
    });
    expect(tiles[3]).toMatchObject({
      severities: { critical: 1, high: 1 },
      fixable: 2,
      reasons: [
        { code: 'fixableVulnerability' },
        { code: 'notScanned', outcome: 'unknown' },
      ],
    });
    expect(tiles[4].reasons).toHaveLength(3);
  });

  it('say why there is no verdict', () => {
    const uncovered = judge({
      policies: [policy({ match: { clusters: ['x'] } })],
    });
    const [signature, , , vulnerabilities, all] = tilesOf([uncovered]);
    expect(signature).toMatchObject({
      outcome: 'notApplicable',
      evaluated: false,
      reasons: [],
    });
    expect(vulnerabilities.evaluated).toBe(false);
    expect(all.reasons).toMatchObject([
      { code: 'noPolicyMatches', outcome: 'notApplicable' },
    ]);
    const silent = { ...uncovered, reason: undefined };
    expect(tilesOf([silent])[4].reasons).toEqual([]);
  });

  it('name a reason that more images have first', () => {
    const second = judge({
      image: { imageRef: `${REPOSITORY}/b:1`, repository: `${REPOSITORY}/b` },
      facts: { signatures: UNSIGNED },
    });
    const third = judge({
      image: {
        imageRef: 'docker.io/library/c',
        repository: 'docker.io/library/c',
      },
      facts: { signatures: UNSIGNED },
    });
    expect(tilesOf([unsigned, second, third])[2].reasons).toMatchObject([
      { code: 'unpinnedReference', images: 2 },
      { code: 'movingTag', images: 1 },
      { code: 'repositoryNotAllowed', images: 1 },
    ]);
  });

  it('have no counts of vulnerabilities where nothing was scanned', () => {
    expect(tilesOf([unsigned])[3]).not.toHaveProperty('severities');
  });

  it('leave out findings of rules they do not know', () => {
    const [verdict] = good.verdicts;
    const finding = {
      ...verdict.findings[0],
      use: undefined,
      ruleId: 'no-latest',
      outcome: 'fail' as const,
      reason: 'ruleError' as const,
    };
    const custom = { ...good, verdicts: [{ ...verdict, findings: [finding] }] };
    expect(tilesOf([custom])[0].reasons).toEqual([]);
    expect(tilesOf([custom])[4].reasons).toMatchObject([{ code: 'ruleError' }]);
  });
});
