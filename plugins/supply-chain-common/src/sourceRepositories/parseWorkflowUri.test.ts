import { parseWorkflowUri, withoutRevision } from './parseWorkflowUri';

describe('parseWorkflowUri', () => {
  it('reads a workflow of GitHub', () => {
    expect(
      parseWorkflowUri(
        'https://github.com/Acme/Web/.github/workflows/release.yml@refs/tags/v1.0.0',
      ),
    ).toEqual({
      uri: 'https://github.com/Acme/Web/.github/workflows/release.yml',
      repository: 'https://github.com/acme/web',
      path: '.github/workflows/release.yml',
      ref: 'refs/tags/v1.0.0',
    });
  });

  it('reads a configuration of GitLab', () => {
    expect(
      parseWorkflowUri(
        'https://gitlab.com/acme/web//.gitlab-ci.yml@refs/heads/main',
      ),
    ).toMatchObject({
      repository: 'https://gitlab.com/acme/web',
      path: '.gitlab-ci.yml',
      ref: 'refs/heads/main',
    });
  });

  it.each([
    'https://github.com/acme/web',
    'https://github.com/acme/.github/workflows/x.yml@refs/heads/main',
    'https://github.com/a/b/c/.github/workflows/x.yml@refs/heads/main',
    'https://github.com/acme/web/.github/workflows/x/y.yml@refs/heads/main',
    'https://github.com/acme/web/.github/workflows/x.yml@a@b',
    'ci@acme.example',
    `https://github.com/acme/${'w'.repeat(3000)}/.github/workflows/x.yml`,
  ])('refuses %s', uri => {
    expect(parseWorkflowUri(uri)).toBeUndefined();
  });
});

describe('withoutRevision', () => {
  it.each([
    [
      'https://github.com/a/b/w.yml@refs/tags/v1',
      'https://github.com/a/b/w.yml',
    ],
    ['https://user@host.example/x', 'https://user@host.example/x'],
    ['https://host.example', 'https://host.example'],
    ['tekton@v1', 'tekton'],
  ])('reads %s', (uri, expected) => {
    expect(withoutRevision(uri)).toBe(expected);
  });
});
