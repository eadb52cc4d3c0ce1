import { isTokenHostTrusted } from './isTokenHostTrusted';

describe('a token service', () => {
  it.each([
    ['registry-1.docker.io', 'auth.docker.io', 'sameDomain'],
    ['registry.gitlab.com', 'gitlab.com', 'sameDomain'],
    ['quay.io', 'quay.io', 'listed'],
    ['quay.io', 'tokens.acme.example', 'listed'],
    ['quay.io', 'TOKENS.acme.example', 'listed'],
    ['quay.io', 'quay.io.evil.example', undefined],
    ['quay.io', 'evilquay.io', undefined],
    ['a.co.uk', 'b.co.uk', undefined],
    ['acme.github.io', 'evil.github.io', undefined],
    ['acme.azurecr.io', 'evil.azurecr.io', undefined],
    ['acme.azurecr.io', 'acme.azurecr.io', 'listed'],
    ['1.dkr.ecr.eu-west-1.amazonaws.com', '2.amazonaws.com', undefined],
    ['127.0.0.1:5000', '127.0.0.1:5001', undefined],
    ['localhost:5000', 'localhost:5001', undefined],
    ['10.0.0.1', '10.0.0.2', undefined],
  ])('of %s at %s: %s', (registry, realm, expected) => {
    expect(
      isTokenHostTrusted(new URL(`https://${realm}/token`), {
        registry: new URL(`https://${registry}/`),
        tokenHosts: ['tokens.acme.example'],
      }),
    ).toBe(expected);
  });
});
