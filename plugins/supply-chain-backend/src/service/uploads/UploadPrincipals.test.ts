import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { UploadPrincipals } from './UploadPrincipals';

const jwks = (subjectPrefix?: string) => ({
  type: 'jwks',
  options: { url: 'https://ci.acme.example/jwks', subjectPrefix },
});
const kept = (type: string, subject: string) => ({
  type,
  options: { subject },
});

const trustOf = (subject: string, auth: object) =>
  UploadPrincipals.fromConfig(
    mockServices.rootConfig({ data: { backend: { auth } as {} } }),
  ).describe(mockCredentials.service(subject)).trust;

describe('who hands something in', () => {
  it.each<[string, string, object[]]>([
    ['with the prefix of an issuer', 'external:ci:repo:acme/web', [jwks('ci')]],
    ['without a prefix', 'external:repo:acme/web', [jwks()]],
    [
      'beside tokens that are kept',
      'external:repo:acme/web',
      [jwks(), kept('static', 'nightly'), kept('legacy', 'old')],
    ],
    [
      'with a prefix, beside tokens of a type of the portal',
      'external:ci:repo:acme/web',
      [jwks('ci'), kept('acme-vault', 'x')],
    ],
  ])('is a pipeline %s', (_what, subject, externalAccess) => {
    expect(trustOf(subject, { externalAccess })).toBe('oidcUpload');
  });

  it.each<[string, string, object]>([
    [
      'backend.auth.keys',
      'external:backstage-plugin',
      { keys: [{ secret: 'c2VjcmV0' }], externalAccess: [jwks()] },
    ],
    [
      'a static token',
      'external:nightly',
      { externalAccess: [jwks(), kept('static', 'external:nightly')] },
    ],
    [
      'a legacy token that looks like a pipeline',
      'external:ci:nightly',
      { externalAccess: [jwks('ci'), kept('legacy', 'external:ci:nightly')] },
    ],
    [
      'a token of no issuer that is configured',
      'external:repo:acme/web',
      { externalAccess: [jwks('ci')] },
    ],
    [
      'a token of a type of the portal, which may have any subject',
      'external:repo:acme/web',
      { externalAccess: [jwks(), { type: 'acme-vault', options: {} }] },
    ],
    ['a plugin', 'plugin:catalog', { externalAccess: [jwks()] }],
    ['no configuration', 'external:repo:acme/web', {}],
  ])('keeps a token: %s', (_what, subject, auth) => {
    expect(trustOf(subject, auth)).toBe('tokenUpload');
  });

  it('is no pipeline as a person, and is named', () => {
    const principals = UploadPrincipals.fromConfig(
      mockServices.rootConfig({
        data: { backend: { auth: { externalAccess: [jwks()] } as {} } },
      }),
    );
    expect(
      principals.describe(mockCredentials.user('user:default/developer')),
    ).toEqual({ trust: 'tokenUpload', name: 'user:default/developer' });
    expect(
      principals.describe(mockCredentials.service('external:repo:acme/web')),
    ).toEqual({ trust: 'oidcUpload', name: 'repo:acme/web' });
  });
});
