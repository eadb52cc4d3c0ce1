import { commitUrl, fileUrl } from './sourceLinks';

const COMMIT = '1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d';

describe('when the forge is known', () => {
  it.each([
    ['https://github.com/acme/web', 'commit', 'blob'],
    ['https://gitlab.com/acme/web', '-/commit', '-/blob'],
    ['https://bitbucket.org/acme/web', 'commits', 'src'],
    ['https://codeberg.org/acme/web', 'commit', 'src/commit'],
  ])('leads into %s', (repository, commit, file) => {
    expect(commitUrl({ repository, commit: COMMIT })).toBe(
      `${repository}/${commit}/${COMMIT}`,
    );
    expect(fileUrl({ repository, commit: COMMIT, path: 'ci/a b.yml' })).toBe(
      `${repository}/${file}/${COMMIT}/ci/a%20b.yml`,
    );
  });

  it('tells a forge of its own by its runs', () => {
    const repository = 'https://git.acme.example/acme/web';
    expect(
      commitUrl({
        repository,
        commit: COMMIT,
        run: `${repository}/-/jobs/17`,
      }),
    ).toBe(`${repository}/-/commit/${COMMIT}`);
    expect(
      commitUrl({
        repository,
        commit: COMMIT,
        run: `${repository}/actions/runs/17`,
      }),
    ).toBe(`${repository}/commit/${COMMIT}`);
  });
});

describe('when nothing can be linked', () => {
  it.each([
    ['no repository', {}],
    ['an unknown forge', { repository: 'https://git.acme.example/acme/web' }],
    ['a repository that is no address', { repository: 'acme/web' }],
    [
      'a run at another host',
      {
        repository: 'https://git.acme.example/acme/web',
        run: 'https://evil.example/-/jobs/1',
      },
    ],
    [
      'a commit that is none',
      { repository: 'https://github.com/acme/web', commit: '../../evil' },
    ],
  ])('makes no link of %s', (_condition, place) => {
    const whole = { commit: COMMIT, ...place };
    expect(commitUrl(whole)).toBeUndefined();
    expect(fileUrl({ ...whole, path: 'ci.yml' })).toBeUndefined();
  });

  it.each(['', '/etc', 'a/../../b', 'a//b'])(
    'makes no link to the file %j',
    path => {
      expect(
        fileUrl({
          repository: 'https://github.com/acme/web',
          commit: COMMIT,
          path,
        }),
      ).toBeUndefined();
    },
  );
});
