import { BuildClaims, Signer } from 'backstage-plugin-supply-chain-common';
import {
  BuildComparison,
  buildComparison,
  contradicts,
} from './buildComparison';

const COMMIT = '1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d';

const signer: Signer = {
  type: 'identity',
  subject:
    'https://github.com/acme/web/.github/workflows/r.yml@refs/heads/main',
  extensions: { sourceRepositoryDigest: COMMIT, buildTrigger: 'push' },
};

const claims: BuildClaims = {
  builderId: 'https://github.com/actions/runner/github-hosted',
  buildType: 'https://actions.github.io/buildtypes/workflow/v1',
  trigger: 'push',
  dependencies: 0,
};

describe('what two sides say of a build', () => {
  it('leaves out what neither of them says', () => {
    expect(buildComparison(signer, claims)).toEqual([
      { id: 'commit', proven: COMMIT, written: undefined },
      { id: 'builder', proven: signer.subject, written: claims.builderId },
      { id: 'trigger', proven: 'push', written: 'push' },
    ]);
  });

  it('proves nothing by a key', () => {
    const key: Signer = { type: 'key', fingerprint: 'sha256:00' };
    expect(
      buildComparison(key, claims).every(({ proven }) => proven === undefined),
    ).toBe(true);
  });
});

describe('a contradiction', () => {
  it.each<[string, BuildComparison]>([
    ['another commit', { id: 'commit', proven: COMMIT, written: 'ffff' }],
    [
      'another repository',
      {
        id: 'repository',
        proven: 'acme/web',
        written: 'https://github.com/evil/web',
      },
    ],
    [
      'another ref',
      { id: 'ref', proven: 'refs/heads/main', written: 'refs/pull/1/head' },
    ],
    ['another trigger', { id: 'trigger', proven: 'push', written: 'schedule' }],
  ])('is %s', (_condition, row) => {
    expect(contradicts(row)).toBe(true);
  });

  it.each<[string, BuildComparison]>([
    ['the case of a commit', { id: 'commit', proven: 'AB', written: 'ab' }],
    [
      'another spelling of a repository',
      {
        id: 'repository',
        proven: 'acme/web',
        written: 'git+https://github.com/acme/web.git',
      },
    ],
    ['a short ref', { id: 'ref', proven: 'refs/heads/main', written: 'main' }],
    ['the number of a run', { id: 'run', proven: 'https://x', written: '17' }],
    ['what only one side says', { id: 'trigger', proven: 'push' }],
    [
      'a builder under its own name',
      { id: 'builder', proven: 'https://a', written: 'https://b' },
    ],
  ])('is not %s', (_condition, row) => {
    expect(contradicts(row)).toBe(false);
  });
});
