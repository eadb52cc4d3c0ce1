import { mockServices } from '@backstage/backend-test-utils';
import { readSignatureRepositories } from './readSignatureRepositories';

function read(signatureRepositories?: object[]) {
  return readSignatureRepositories(
    mockServices.rootConfig({
      data: { supplyChain: { signatureRepositories } },
    }),
  );
}

const entry = {
  images: 'registry.acme.example/shop/**',
  repository: 'registry.acme.example/acme/signatures',
};

describe('supplyChain.signatureRepositories', () => {
  it('are none where nothing is configured', () => {
    expect(read()).toEqual([]);
  });

  it('are read in their normal form', () => {
    expect(
      read([
        entry,
        { ...entry, repository: 'acme/signatures', tagPrefix: 'a.' },
      ]),
    ).toEqual([
      entry,
      {
        ...entry,
        repository: 'docker.io/acme/signatures',
        tagPrefix: 'a.',
      },
    ]);
  });

  it.each([
    ['a pattern without a host', { images: 'shop/**' }, /image pattern/],
    ['a tag beside the repository', { repository: 'acme/x:1' }, /repository/],
    ['no repository', { repository: 'Acme/x' }, /repository/],
    ['a prefix no tag begins with', { tagPrefix: '-x' }, /beginning of a tag/],
  ])('are refused with %s', (_what, part, message) => {
    expect(() => read([{ ...entry, ...part }])).toThrow(message);
  });
});
