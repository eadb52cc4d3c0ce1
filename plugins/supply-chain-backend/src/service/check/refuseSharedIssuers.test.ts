import { mockServices } from '@backstage/backend-test-utils';
import { refuseSharedIssuers } from './refuseSharedIssuers';

const refuse = (
  entry: object,
  { isEmpty = false }: { isEmpty?: boolean } = {},
) =>
  refuseSharedIssuers(
    mockServices.rootConfig({
      data: { backend: { auth: { externalAccess: [entry] } } },
    }),
    { isEmpty },
  );

const GITHUB = {
  type: 'jwks',
  options: {
    url: 'https://token.actions.githubusercontent.com/.well-known/jwks',
    issuer: 'https://token.actions.githubusercontent.com',
  },
};

const only = (permission?: unknown) => ({
  accessRestrictions: [
    { plugin: 'supply-chain', ...(permission !== undefined && { permission }) },
  ],
});

describe('refuseSharedIssuers', () => {
  it.each([
    ['without restrictions', GITHUB],
    [
      'by its address alone',
      { type: 'jwks', options: { url: GITHUB.options.url } },
    ],
    [
      'by its issuer alone',
      {
        type: 'jwks',
        options: {
          url: 'https://mirror.acme.example/jwks',
          issuer: ['gitlab.com'],
        },
      },
    ],
  ])('refuses one that everybody uses: %s', (_what, entry) => {
    expect(() => refuse(entry)).toThrow(
      "makes tokens for every organisation: give it 'accessRestrictions'",
    );
  });

  it.each([
    [undefined],
    ['supply-chain.read'],
    ['supply-chain.check, supply-chain.read'],
  ])('refuses more of this plugin than checks: %j', permission => {
    expect(() => refuse({ ...GITHUB, ...only(permission) })).toThrow(
      "by 'permission: supply-chain.check, supply-chain.upload'",
    );
  });

  it('refuses checks by anybody', () => {
    const entry = { ...GITHUB, ...only('supply-chain.check') };
    expect(() => refuse(entry, { isEmpty: true })).toThrow(
      "bind their subjects to entities in 'supplyChain.check.subjects'",
    );
    expect(() => refuse(entry)).not.toThrow();
  });

  it.each([
    [{ ...GITHUB, accessRestrictions: [{ plugin: 'catalog' }] }],
    [{ type: 'static', options: { token: 'x', subject: 'y' } }],
    [{ type: 'jwks', options: { url: 'https://sso.acme.example/jwks' } }],
  ])('minds nothing else: %j', entry => {
    expect(() => refuse(entry, { isEmpty: true })).not.toThrow();
  });
});
