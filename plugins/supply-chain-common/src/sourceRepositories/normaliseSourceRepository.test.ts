import fc from 'fast-check';
import {
  normaliseSourceRepository,
  refOfRepositoryUri,
} from './normaliseSourceRepository';

describe('normaliseSourceRepository', () => {
  // prettier-ignore
  it.each<[string, string, string]>([
    ['https', 'https://github.com/acme/web', 'https://github.com/acme/web'],
    ['http', 'http://git.acme.example/web', 'https://git.acme.example/web'],
    ['git+https with a revision', 'git+https://github.com/acme/web@refs/tags/v1', 'https://github.com/acme/web'],
    ['ssh', 'ssh://git@github.com/acme/web.git', 'https://github.com/acme/web'],
    ['git+ssh', 'git+ssh://git@github.com/acme/web.git@main', 'https://github.com/acme/web'],
    ['the form of scp', 'git@github.com:acme/web.git', 'https://github.com/acme/web'],
    ['the form of scp with a branch', 'git@git.acme.example:a/b/c.git#main', 'https://git.acme.example/a/b/c'],
    ['git', 'git://github.com/acme/web.git', 'https://github.com/acme/web'],
    ['credentials', 'https://user:token@gitlab.acme.example/acme/web', 'https://gitlab.acme.example/acme/web'],
    ['a host in the credentials', 'https://github.com@evil.example/acme/web', 'https://evil.example/acme/web'],
    ['.git and slashes at the end', 'https://git.acme.example/acme/web.git//', 'https://git.acme.example/acme/web'],
    ['a branch and folder as BuildKit writes them', 'https://github.com/acme/web.git#refs/heads/main:app', 'https://github.com/acme/web'],
    ['an upper-case host', 'HTTPS://Git.Acme.Example/Acme/Web', 'https://git.acme.example/Acme/Web'],
    ['a host that does not tell cases apart', 'https://github.com/Acme/Web', 'https://github.com/acme/web'],
    ['an enterprise host of GitHub', 'https://acme.ghe.com/Shop/Web', 'https://acme.ghe.com/shop/web'],
    ['www on a public forge', 'https://www.github.com/acme/web', 'https://github.com/acme/web'],
    ['ssh over the port of https', 'ssh://git@ssh.github.com:443/acme/web.git', 'https://github.com/acme/web'],
    ['www elsewhere, which may be another host', 'https://www.acme.example/a/b', 'https://www.acme.example/a/b'],
    ['the usual port', 'https://git.acme.example:443/a/b', 'https://git.acme.example/a/b'],
    ['the usual port of ssh', 'ssh://git@git.acme.example:22/a/b', 'https://git.acme.example/a/b'],
    ['another port, which may be another forge', 'https://git.acme.example:8443/a/b', 'https://git.acme.example:8443/a/b'],
    ['a folder of a monorepo', 'https://github.com/acme/mono/tree/main/services/web/', 'https://github.com/acme/mono'],
    ['a file', 'https://github.com/acme/mono/blob/main/catalog-info.yaml', 'https://github.com/acme/mono'],
    ['a folder on GitLab', 'https://gitlab.acme.example/a/b/c/-/tree/main/dir', 'https://gitlab.acme.example/a/b/c'],
    ['a folder on Gitea', 'https://git.acme.example/a/b/src/branch/main/dir', 'https://git.acme.example/a/b'],
    ['a folder on Bitbucket', 'https://bitbucket.org/acme/web/src/main/dir', 'https://bitbucket.org/acme/web'],
    ['a repository called src', 'https://github.com/acme/src', 'https://github.com/acme/src'],
    ['a group called src', 'https://git.acme.example/a/b/src/web', 'https://git.acme.example/a/b/src/web'],
    ['Azure DevOps with file and branch', 'https://dev.azure.com/Acme/Shop/_git/Web?path=/&version=GBmain', 'https://dev.azure.com/acme/shop/_git/web'],
    ['subgroups', 'https://gitlab.com/Acme/Shop/Web', 'https://gitlab.com/acme/shop/web'],
  ])('reads %s', (_condition, uri, expected) => {
    expect(normaliseSourceRepository(uri)).toBe(expected);
  });

  // prettier-ignore
  it.each([
    ['nothing', ''],
    ['a file', 'file:///etc/passwd'],
    ['a bucket', 'gs://bucket/source.tgz'],
    ['a slug', 'acme/web'],
    ['no path', 'https://github.com/'],
    ['an owner', 'https://github.com/acme'],
    ['an owner on GitLab', 'https://gitlab.com/acme'],
    ['a page of a repository', 'https://github.com/acme/web/settings'],
    ['a workflow', 'https://github.com/acme/web/.github/workflows/x.yml@refs/heads/main'],
    ['a folder without a branch', 'https://github.com/acme/web/tree'],
    ['letters that look alike', 'https://github.com/аcme/web'],
    ['full-width dots', 'https://github。com/acme/web'],
    ['percent signs', 'https://github.com/acme/web%2Fother'],
    ['backslashes', 'https://github.com\\@evil.example/acme/web'],
    ['steps', 'https://git.acme.example/acme/../evil/web'],
    ['an empty segment', 'https://git.acme.example/acme//web'],
    ['a name of dots', 'https://git.acme.example/acme/..git'],
    ['a query', 'https://git.acme.example/cgit?r=web'],
    ['a dot behind the host', 'https://github.com./acme/web'],
    ['a label of the host that ends with a dash', 'https://git-.example/acme/web'],
    ['a port of zero', 'https://git.acme.example:0443/a/b'],
    ['white space', ' https://github.com/acme/web'],
    ['a line feed', 'https://github.com/acme/web\n'],
    ['a scope', 'https://git.acme.example/@acme/web'],
    ['a text without end', `https://git.acme.example/${'a'.repeat(3000)}`],
  ])('refuses %s', (_condition, uri) => {
    expect(normaliseSourceRepository(uri)).toBeUndefined();
  });

  it('takes an alias for its host, with the port where one is written', () => {
    const hostAliases = {
      'Git-SSH.acme.example:2222': 'git.acme.example',
      'old.acme.example': 'GIT.acme.example',
    };
    for (const uri of [
      'ssh://git@git-ssh.acme.example:2222/a/b.git',
      'git@old.acme.example:a/b.git',
    ]) {
      expect(normaliseSourceRepository(uri, { hostAliases })).toBe(
        'https://git.acme.example/a/b',
      );
    }
    expect(
      normaliseSourceRepository('ssh://git@git-ssh.acme.example/a/b.git', {
        hostAliases,
      }),
    ).toBe('https://git-ssh.acme.example/a/b');
  });

  const piece = fc.constantFrom(
    ...[
      'https://',
      'ssh://',
      'git@',
      'git+',
      'github.com',
      'gitlab.com',
      'g.example',
    ],
    ...[
      'bitbucket.org',
      ':',
      ':443',
      ':8443',
      '/',
      '//',
      '-',
      'tree',
      'src',
      'branch',
    ],
    ...[
      '.git',
      'a',
      'B',
      '@',
      '#',
      '?',
      '..',
      '%2F',
      '_git',
      'blob',
      '\u0430',
      ' ',
    ],
  );
  const address = fc.oneof(
    fc.string(),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc.array(piece, { maxLength: 12 }).map(parts => parts.join('')),
    fc
      .array(piece, { maxLength: 10 })
      .map(parts => `https://g.example/a/b/${parts.join('/')}`),
  );

  it('gives the same for what it gave, and never throws', () => {
    fc.assert(
      fc.property(address, uri => {
        const once = normaliseSourceRepository(uri);
        expect(once && normaliseSourceRepository(once)).toBe(once);
        expect(once ?? 'https://refused.example/it').toMatch(
          /^https:\/\/[a-z0-9.-]+(:[0-9]+)?\/[\w~+./-]+$/,
        );
      }),
      { numRuns: 5000 },
    );
  });
});

describe('refOfRepositoryUri', () => {
  it.each([
    ['git+https://github.com/acme/web@refs/tags/v1', 'refs/tags/v1'],
    ['https://github.com/acme/web.git#refs/heads/main:app', 'refs/heads/main'],
    ['https://github.com/acme/web', undefined],
    ['https://github.com/acme/web#:app', undefined],
    ['no address', undefined],
  ])('reads the revision of %s', (uri, expected) => {
    expect(refOfRepositoryUri(uri)).toBe(expected);
  });
});
