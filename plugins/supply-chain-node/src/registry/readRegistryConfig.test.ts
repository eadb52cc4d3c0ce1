import { ConfigReader } from '@backstage/config';
import { readRegistryConfig } from './readRegistryConfig';

const read = (supplyChain: object) =>
  readRegistryConfig(new ConfigReader({ supplyChain } as never));

describe('readRegistryConfig', () => {
  it('is content with nothing', () => {
    expect(readRegistryConfig(new ConfigReader({}))).toEqual({
      registries: [],
      allowList: undefined,
      limits: {},
    });
  });

  it('reads every key', () => {
    const entry = {
      host: 'registry.acme.example:5000',
      repositoryPrefix: 'shop',
      username: 'robot',
      password: 'secret',
      identityToken: 'refresh',
      onlyFor: {
        clusters: ['prod-*'],
        namespaces: ['shop'],
        entities: ['component:payments/*'],
      },
      insecure: true,
      allowPrivateAddress: true,
      tokenHosts: ['auth.acme.example'],
      certificateAuthority: '-----BEGIN CERTIFICATE-----',
    };
    expect(
      read({
        registries: [entry],
        registryAllowList: ['docker.io', 'localhost:5000'],
        registryLimits: { totalTimeoutMs: 1000, referrersMax: 64 },
      }),
    ).toEqual({
      registries: [entry],
      allowList: ['docker.io', 'localhost:5000'],
      limits: { totalTimeoutMs: 1000, referrersMax: 64 },
    });
  });

  it.each([
    'https://registry.acme.example',
    'registry.acme.example/shop',
    'registry',
    '*.acme.example',
    '[::1]:5000',
    '',
  ])('refuses the host "%s", which would match nothing', host => {
    expect(() => read({ registryAllowList: [host] })).toThrow();
    expect(() => read({ registries: [{ host }] })).toThrow();
  });

  it.each([{ username: 'robot' }, { password: 'secret' }])(
    'refuses half of the credentials: %j',
    half => {
      expect(() =>
        read({ registries: [{ host: 'quay.io', ...half }] }),
      ).toThrow('expected both "username" and "password"');
    },
  );

  const user = { host: 'quay.io', username: 'robot', password: 'secret' };

  it('writes entities as the catalog does', () => {
    const onlyFor = { entities: ['Component:Default/Web'] };
    expect(
      read({ registries: [{ ...user, onlyFor }] }).registries?.[0].onlyFor,
    ).toEqual({ entities: ['component:default/web'] });
  });

  it.each([
    {},
    { namespaces: [] },
    { namespaces: ['shop'], cluster: 'prod' },
    { clusters: ['prod'], entities: [] },
    { entities: ['web'] },
    { entities: ['component:web'] },
    { entities: ['**'] },
  ])('refuses to bind credentials to %j', onlyFor => {
    expect(() => read({ registries: [{ ...user, onlyFor }] })).toThrow(
      '"onlyFor" of registry "quay.io"',
    );
  });

  it('refuses to bind credentials that are not there', () => {
    const onlyFor = { namespaces: ['shop'] };
    expect(() => read({ registries: [{ host: 'quay.io', onlyFor }] })).toThrow(
      'expected credentials',
    );
  });

  it.each([0, -1, 1.5])('refuses the limit %p', totalTimeoutMs => {
    expect(() => read({ registryLimits: { totalTimeoutMs } })).toThrow(
      'expected a whole number above zero',
    );
  });
});
