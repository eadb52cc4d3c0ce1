import { describedEntity, fullEntityRef, namedEntity } from './describedEntity';

describe('fullEntityRef', () => {
  it.each([
    ['web', 'component:default/web'],
    ['Component:Shop/Web', 'component:shop/web'],
    ['resource:db', 'resource:default/db'],
    ['', undefined],
    ['a/b/c', undefined],
  ])('reads %j', (text, expected) => {
    expect(fullEntityRef(text)).toBe(expected);
  });
});

describe('namedEntity', () => {
  it('says what a reference says and nothing else', () => {
    expect(namedEntity('shop/web')).toEqual({
      ref: 'component:shop/web',
      kind: 'component',
      namespace: 'shop',
      name: 'web',
    });
    expect(namedEntity('a:')).toBeUndefined();
  });
});

describe('describedEntity', () => {
  const descriptor = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'web',
      namespace: 'shop',
      annotations: {
        'backstage.io/source-location': 'url:https://github.com/acme/web/',
        'backstage.io/managed-by-location':
          'url:https://github.com/acme/catalog/blob/main/all.yaml',
        broken: 7,
      },
    },
    spec: {
      type: 'website',
      lifecycle: 'production',
      owner: 'team-shop',
      system: 'default/checkout',
    },
  };

  it('reads everything policies match on', () => {
    expect(describedEntity(descriptor)).toEqual({
      ref: 'component:shop/web',
      kind: 'component',
      namespace: 'shop',
      name: 'web',
      type: 'website',
      lifecycle: 'production',
      owner: 'group:shop/team-shop',
      system: 'system:default/checkout',
      sourceLocation: 'https://github.com/acme/web',
      catalogLocation: 'https://github.com/acme/catalog',
    });
  });

  it('leaves out what the descriptor does not say', () => {
    expect(
      describedEntity({
        kind: 'Component',
        metadata: { name: 'web' },
        spec: { owner: 7, type: '' },
      }),
    ).toEqual({
      ref: 'component:default/web',
      kind: 'component',
      namespace: 'default',
      name: 'web',
    });
  });

  it.each([
    [null],
    ['web'],
    [{ kind: 'Component' }],
    [{ kind: 'Component', metadata: {} }],
    [{ kind: 7, metadata: { name: 'web' } }],
    [{ kind: 'Component', metadata: { name: 'a/b' } }],
  ])('refuses %j', value => {
    expect(describedEntity(value)).toBeUndefined();
  });
});
