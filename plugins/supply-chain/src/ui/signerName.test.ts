import { shortSigner } from './signerName';

describe('shortSigner', () => {
  it.each([
    [`sha256:5415ab8b${'0'.repeat(56)}`, 'key 5415ab8b…'],
    [
      'https://github.com/acme/web/.github/workflows/release.yml@refs/tags/v1.4.0',
      'acme/web release.yml@refs/tags/v1.4.0',
    ],
  ])('shortens %s', (signer, short) => {
    expect(shortSigner(signer, 'key')).toBe(short);
  });

  it.each([
    'https://github.com.evil.example/acme/web/.github/workflows/release.yml@refs/tags/v1',
    'https://gitlab.example/acme/web/.github/workflows/release.yml@refs/tags/v1',
    'http://github.com/acme/web/.github/workflows/release.yml@refs/tags/v1',
    'someone@acme.example',
    'sha256:5415',
    '',
  ])('leaves %j whole', signer => {
    expect(shortSigner(signer, 'key')).toBe(signer);
  });
});
