import {
  DIGEST,
  factsWithImage,
  NOW,
  policy,
  REPOSITORY,
} from '../../../testing/exampleFacts';
import { PolicyFacts } from '../../types';
import { evaluateDigestPinned } from './evaluate';

function run(
  imageRef: string,
  options: {
    movingTags?: string[];
    image?: Partial<PolicyFacts['image']>;
  } = {},
) {
  return evaluateDigestPinned({
    facts: factsWithImage({ imageRef, ...options.image }),
    policy: policy(),
    trustRoots: [],
    now: NOW,
    parameters: { movingTags: options.movingTags ?? ['latest'] },
  });
}

describe('digest-pinned', () => {
  // prettier-ignore
  it.each<[string, string, string, string | undefined]>([
    ['the reference names a digest', `${REPOSITORY}@${DIGEST}`, 'pass', undefined],
    ['it names tag and digest', `${REPOSITORY}:1.0@${DIGEST}`, 'pass', undefined],
    ['it names a version', `${REPOSITORY}:1.0`, 'fail', 'unpinnedReference'],
    ['it names a tag that moves', `${REPOSITORY}:latest`, 'fail', 'movingTag'],
    ['it names nothing, which means latest', REPOSITORY, 'fail', 'movingTag'],
    ['it cannot be read', 'registry.acme.example/UPPER', 'unknown', 'referenceUnreadable'],
  ])('when %s', (_condition, imageRef, outcome, reason) => {
    const result = run(imageRef);
    expect([result.outcome, result.reason]).toEqual([outcome, reason]);
  });

  it('knows moving tags by pattern', () => {
    const movingTags = ['main', '*-latest'];
    expect(run(`${REPOSITORY}:v1-latest`, { movingTags }).reason).toBe(
      'movingTag',
    );
    expect(run(`${REPOSITORY}:latest`, { movingTags }).reason).toBe(
      'unpinnedReference',
    );
  });

  it('says what to write when the running digest is known', () => {
    expect(run(`${REPOSITORY}:1.0`).remediation?.parameters).toEqual({
      imageRef: `${REPOSITORY}:1.0`,
      pinned: `${REPOSITORY}@${DIGEST}`,
    });
    const image = { digest: undefined };
    expect(run(`${REPOSITORY}:1.0`, { image }).remediation?.parameters).toEqual(
      {
        imageRef: `${REPOSITORY}:1.0`,
      },
    );
  });
});
