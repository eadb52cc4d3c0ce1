import { catalogLocationOf } from './catalogLocationOf';
import { sourceLocationOf } from './sourceLocationOf';

describe('sourceLocationOf', () => {
  it.each([
    [{}, undefined],
    [{ 'backstage.io/source-location': 'file:/etc' }, undefined],
    [{ 'backstage.io/source-location': 'url:not an address' }, undefined],
    [
      {
        'backstage.io/source-location':
          'url:https://gitlab.acme.example/a/b/-/tree/main/x',
      },
      'https://gitlab.acme.example/a/b',
    ],
    [
      {
        'backstage.io/source-location': 'url:https://github.com/acme/web.git/',
      },
      'https://github.com/acme/web',
    ],
    [{ 'github.com/project-slug': 'acme/web' }, 'https://github.com/acme/web'],
    [
      {
        'github.com/project-slug': 'acme/web',
        'supply-chain/source-repository': 'https://github.com/acme/mono',
      },
      'https://github.com/acme/mono',
    ],
  ])('reads %j', (annotations, expected) => {
    expect(sourceLocationOf(annotations)).toBe(expected);
  });
});

describe('catalogLocationOf', () => {
  const URL = 'url:https://github.com/acme/web/blob/main/catalog-info.yaml';
  const OTHER = 'url:https://gitlab.acme.example/a/b/-/blob/main/all.yaml';

  // prettier-ignore
  it.each([
    ['nothing', undefined, undefined, undefined],
    ['the file it stands in', URL, OTHER, 'https://github.com/acme/web'],
    ['what registered it where the file is no address', 'file:/app/all.yaml', OTHER, 'https://gitlab.acme.example/a/b'],
    ['no file of the portal', 'file:/app/all.yaml', 'file:/app/all.yaml', undefined],
    ['no address without the type url', 'https://github.com/acme/web', undefined, undefined],
    ['no address that is no repository', 'url:not an address', undefined, undefined],
  ])('reads %s', (_what, location, origin, expected) => {
    expect(
      catalogLocationOf({
        ...(location && { 'backstage.io/managed-by-location': location }),
        ...(origin && { 'backstage.io/managed-by-origin-location': origin }),
      }),
    ).toBe(expected);
  });
});
