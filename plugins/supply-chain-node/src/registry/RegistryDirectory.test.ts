import { RegistryDirectory } from './RegistryDirectory';
import { CredentialUsers, RegistryEntry } from './registryOptions';
import { RegistryUse, RegistryUsePlace } from './registryUse';

const WEB = { domain: 'registry.acme.example', path: 'shop/web' };

const entry = (
  username: string,
  options: Partial<RegistryEntry> = {},
): RegistryEntry => ({
  host: WEB.domain,
  username,
  password: 'secret',
  ...options,
});

const userOf = (entries: RegistryEntry[], use?: RegistryUse) =>
  new RegistryDirectory(entries, undefined).accessTo(WEB, use).credential
    ?.username;

const shop: RegistryUsePlace = {
  cluster: 'prod-eu',
  namespace: 'shop',
  entityRef: 'component:default/web',
};

describe('credentials of a registry', () => {
  it('are those of the longest prefix that ends at a path boundary', () => {
    const entries = [
      entry('all'),
      entry('shop', { repositoryPrefix: 'shop' }),
      entry('boundary', { repositoryPrefix: 'shop/we' }),
    ];
    expect(userOf(entries)).toBe('shop');
    expect(userOf([entry('api', { repositoryPrefix: 'api' })])).toBeUndefined();
  });

  it('are for everything that runs when they are bound to nobody', () => {
    expect(userOf([entry('all')], { places: [shop] })).toBe('all');
    expect(userOf([entry('all')], { places: [{}] })).toBe('all');
    expect(userOf([entry('all')], { places: [] })).toBeUndefined();
  });

  it.each<[string, CredentialUsers, RegistryUse | undefined, boolean]>([
    ['its namespace', { namespaces: ['shop'] }, { places: [shop] }, true],
    ['a glob', { namespaces: ['sh*'] }, { places: [shop] }, true],
    ['another namespace', { namespaces: ['edge'] }, { places: [shop] }, false],
    ['a longer name', { namespaces: ['sho'] }, { places: [shop] }, false],
    ['its cluster', { clusters: ['prod-*'] }, { places: [shop] }, true],
    [
      'its entity',
      { entities: ['component:default/*'] },
      { places: [shop] },
      true,
    ],
    [
      'another namespace of the catalog',
      { entities: ['component:payments/*'] },
      { places: [shop] },
      false,
    ],
    [
      'its namespace in another cluster',
      { namespaces: ['shop'], clusters: ['prod-us'] },
      { places: [shop] },
      false,
    ],
    [
      'two places that match only together',
      { namespaces: ['shop'], clusters: ['prod-us'] },
      { places: [shop, { cluster: 'prod-us', namespace: 'edge' }] },
      false,
    ],
    [
      'one of several places',
      { namespaces: ['edge'] },
      { places: [shop, { ...shop, namespace: 'edge' }] },
      true,
    ],
    [
      'a workload of no entity',
      { entities: ['component:default/*'] },
      { places: [{ cluster: 'prod-eu', namespace: 'shop' }] },
      false,
    ],
    ['nobody', { namespaces: ['*'] }, { places: [] }, false],
    ['nobody in particular', { namespaces: ['*'] }, undefined, false],
  ])('that are bound are judged for %s', (_, onlyFor, use, expected) => {
    const directory = new RegistryDirectory(
      [entry('bound', { onlyFor })],
      undefined,
    );
    const access = directory.accessTo(WEB, use);
    expect(access.credential?.username).toBe(expected ? 'bound' : undefined);
    expect(access.withheld).toBe(!expected);
  });

  it('of a shorter prefix do not step in for others', () => {
    const entries = [
      entry('all'),
      entry('edge', {
        repositoryPrefix: 'shop',
        onlyFor: { namespaces: ['edge'] },
      }),
    ];
    expect(userOf(entries, { places: [shop] })).toBeUndefined();
  });

  it('of the same prefix do, and come after those that name their users', () => {
    const entries = [
      entry('others', { repositoryPrefix: 'shop' }),
      entry('edge', {
        repositoryPrefix: '/shop/',
        onlyFor: { namespaces: ['edge'] },
      }),
    ];
    expect(userOf(entries, { places: [shop] })).toBe('others');
    expect(userOf(entries, { places: [{ namespace: 'edge' }] })).toBe('edge');
  });

  it('are not withheld where none are configured', () => {
    const directory = new RegistryDirectory(
      [{ host: WEB.domain, insecure: true }],
      undefined,
    );
    expect(directory.accessTo(WEB, { places: [] }).withheld).toBe(false);
  });
});
