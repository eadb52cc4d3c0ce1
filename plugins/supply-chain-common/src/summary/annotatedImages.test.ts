import { AnnotatedImage } from '../model/runningImage';
import { evaluatePolicies } from '../policy/evaluation/evaluatePolicies';
import { explainNoDigest } from '../policy/evaluation/explainNoDigest';
import { imageFacts } from '../policy/imageFacts';
import { SupplyChainPolicy } from '../policy/types';
import {
  DIGEST,
  facts,
  NOW,
  OTHER_DIGEST,
  policy,
  REPOSITORY,
} from '../testing/exampleFacts';
import {
  good,
  judge,
  POLICY,
  ROOTS,
  UNSIGNED,
  unsigned,
} from '../testing/exampleJudged';
import { entityOutcome, entitySummary } from './entitySummary';
import { judgeImage } from './judgeImage';
import { JudgedImage } from './JudgedImage';
import { countFigures } from './keyFiguresOf';
import { mergeImages } from './mergeImages';
import { serviceRowOf } from './serviceRowOf';

function named(
  image: Partial<AnnotatedImage> = {},
  options: {
    policies?: SupplyChainPolicy[];
    signatures?: typeof UNSIGNED;
  } = {},
): JudgedImage {
  const { policies = [POLICY] } = options;
  const annotated: AnnotatedImage = {
    imageRef: `${REPOSITORY}:2.0`,
    repository: REPOSITORY,
    digest: OTHER_DIGEST,
    digestSource: 'tagResolvedNow',
    firstSeen: '2026-11-19T12:00:00Z',
    lastSeen: '2026-11-20T11:00:00Z',
    ...image,
  };
  const given = {
    ...facts({ scans: [], ...(options.signatures && options) }),
    ...imageFacts(annotated),
  };
  const input = { facts: given, policies, trustRoots: ROOTS, now: NOW };
  const evaluation = evaluatePolicies(input);
  const { digestReason } = annotated;
  return judgeImage({
    image: annotated,
    running: true,
    ...input,
    evaluation: digestReason
      ? explainNoDigest(evaluation, {
          imageRef: annotated.imageRef,
          reason: digestReason,
          message: 'the registry does not answer',
        })
      : evaluation,
  });
}

describe('an image that an annotation names', () => {
  it('has its verdicts, no place, and counts nowhere', () => {
    const image = named();
    expect(image).toMatchObject({
      key: `${REPOSITORY}@${OTHER_DIGEST}`,
      counted: false,
      running: false,
      annotation: {
        imageRef: `${REPOSITORY}:2.0`,
        digestSource: 'tagResolvedNow',
      },
    });
    expect(image.placement).toBeUndefined();
    expect(image.verdicts).toHaveLength(1);
  });

  it('is not failed for its tag: no workload uses it', () => {
    const findings = named().verdicts[0].findings;
    expect(
      findings.find(each => each.ruleId === 'digest-pinned'),
    ).toMatchObject({ outcome: 'notApplicable' });
  });

  it.each<[string, SupplyChainPolicy['match'], boolean]>([
    ['any place', {}, true],
    ['every place, written out', { clusters: ['*'], namespaces: ['*'] }, true],
    ['some clusters', { clusters: ['prod-*'] }, false],
    ['some namespaces', { namespaces: ['shop'] }, false],
    ['its entity', { entities: { kind: ['component'] } }, true],
  ])('is judged by a policy about %s: %j, %s', (_, match, isCovered) => {
    const policies = [policy({ ...POLICY, match })];
    const image = named({}, { policies });
    expect(image.verdicts).toHaveLength(isCovered ? 1 : 0);
    expect(image.reason === 'noPolicyMatches').toBe(!isCovered);
  });

  it.each<[string, SupplyChainPolicy[]]>([
    ['policies', [POLICY]],
    ['no policy that matches', [{ ...POLICY, match: { clusters: ['x'] } }]],
  ])('says why it has no digest, with %s', (_, policies) => {
    const image = named(
      {
        digest: undefined,
        digestSource: 'none',
        digestReason: 'registryTimeout',
      },
      { policies },
    );
    expect(image).toMatchObject({
      key: `${REPOSITORY}:2.0`,
      outcome: 'unknown',
      reason: 'registryTimeout',
    });
    const reasons = image.verdicts[0]?.findings.map(each => each.reason) ?? [];
    expect(reasons).not.toContain('digestUnknown');
  });
});

describe('a service whose annotation names images', () => {
  const failing = named({}, { signatures: UNSIGNED });

  it('comes to the same with and without them, but for their rows', () => {
    const { images, ...summary } = entitySummary([good, failing]);
    const { images: running, ...alone } = entitySummary([good]);
    expect(summary).toEqual(alone);
    expect(images).toEqual([
      ...running,
      expect.objectContaining({
        key: failing.key,
        outcome: 'fail',
        counted: false,
        placements: [],
        annotation: expect.anything(),
      }),
    ]);
    const service = { entityRef: 'component:default/web' };
    expect(serviceRowOf(service, [good, failing])).toEqual(
      serviceRowOf(service, [good]),
    );
    expect(countFigures([{ images: [good, failing] }])).toEqual(
      countFigures([{ images: [good] }]),
    );
  });

  it('runs nothing when there is nothing else', () => {
    expect(entityOutcome([failing])).toEqual({ outcome: 'notApplicable' });
    const summary = entitySummary([failing]);
    expect(summary).toMatchObject({ clusters: [], policies: [] });
    expect(summary.lastSeen).toBeUndefined();
    expect(serviceRowOf({ entityRef: 'x' }, [failing]).running).toBe(false);
  });

  it('shows one that runs as one row, judged by where it runs', () => {
    const named1 = named({ digest: DIGEST }, { signatures: UNSIGNED });
    expect(named1.key).toBe(good.key);
    expect(mergeImages([named1, good])).toMatchObject([
      {
        key: good.key,
        outcome: 'pass',
        counted: true,
        running: true,
        annotation: { imageRef: `${REPOSITORY}:2.0` },
        placements: [{ cluster: 'prod-eu' }],
      },
    ]);
  });

  it('lists them after everything that runs', () => {
    const mesh = judge({
      image: {
        imageRef: 'registry.acme.example/mesh/proxy:1',
        repository: 'registry.acme.example/mesh/proxy',
      },
    });
    expect(
      entitySummary([failing, mesh, unsigned]).images.map(row => row.key),
    ).toEqual([unsigned.key, mesh.key, failing.key]);
  });
});
