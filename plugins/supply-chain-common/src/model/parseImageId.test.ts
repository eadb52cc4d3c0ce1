import fc from 'fast-check';
import { parseImageId } from './parseImageId';

const HEX = '0123456789abcdef'.repeat(4);
const DIGEST = `sha256:${HEX}`;

describe('parseImageId', () => {
  it.each([
    ['containerd', `registry.acme.example/shop/web@${DIGEST}`],
    [
      'dockershim',
      `docker-pullable://registry.acme.example/shop/web@${DIGEST}`,
    ],
    [
      'a runtime that keeps the tag',
      `registry.acme.example/shop/web:1@${DIGEST}`,
    ],
  ])('reads the registry digest that %s reports', (_, imageId) => {
    expect(parseImageId(imageId)).toEqual({
      kind: 'repositoryDigest',
      repository: 'registry.acme.example/shop/web',
      digest: DIGEST,
    });
  });

  it('normalises names of Docker Hub', () => {
    expect(parseImageId(`docker-pullable://nginx@${DIGEST}`)).toEqual({
      kind: 'repositoryDigest',
      repository: 'docker.io/library/nginx',
      digest: DIGEST,
    });
  });

  it.each([DIGEST, `docker://${DIGEST}`, HEX])(
    'knows that %s is the id of a configuration only',
    imageId => {
      expect(parseImageId(imageId)).toEqual({
        kind: 'configOnly',
        digest: DIGEST,
      });
    },
  );

  it.each([undefined, ''])('knows that %j means never started', imageId => {
    expect(parseImageId(imageId)).toEqual({ kind: 'none' });
  });

  it.each([
    'registry.acme.example/shop/web:1.0.0',
    `other://shop/web@${DIGEST}`,
    `docker-pullable://docker-pullable://web@${DIGEST}`,
    'docker://',
    'sha256:abc',
    ' ',
  ])('guesses nothing from %j', imageId => {
    expect(parseImageId(imageId)).toEqual({ kind: 'unreadable' });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), imageId => {
        expect(parseImageId(imageId).kind).toBeDefined();
      }),
    );
  });
});
