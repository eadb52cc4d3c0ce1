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

  it.each([0, -1, 1.5])('refuses the limit %p', totalTimeoutMs => {
    expect(() => read({ registryLimits: { totalTimeoutMs } })).toThrow(
      'expected a whole number above zero',
    );
  });
});
