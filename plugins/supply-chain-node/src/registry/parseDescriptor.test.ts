import { parseDescriptor } from './parseDescriptor';
import { descriptorOf } from './__testUtils__/testDocuments';

const good = descriptorOf('a');

describe('parseDescriptor', () => {
  it('keeps what is used and drops addresses and embedded data', () => {
    expect(
      parseDescriptor({
        ...good,
        artifactType: 'application/x',
        annotations: { a: 'b' },
        platform: {
          os: 'linux',
          architecture: 'arm64',
          variant: 'v8',
          extra: 1,
        },
        urls: ['https://evil.example/'],
        data: 'e30=',
      }),
    ).toEqual({
      ...good,
      artifactType: 'application/x',
      annotations: { a: 'b' },
      platform: { os: 'linux', architecture: 'arm64', variant: 'v8' },
    });
  });

  it.each([null, undefined])('reads %s annotations as none', annotations => {
    expect(parseDescriptor({ ...good, annotations })).toEqual({
      ...good,
      annotations: {},
    });
  });

  it.each([7, 'linux', [], { os: 'linux' }, { os: 1, architecture: 'a' }])(
    'leaves out the malformed platform %j',
    platform => {
      expect(parseDescriptor({ ...good, platform })).not.toHaveProperty(
        'platform',
      );
    },
  );

  it.each([
    null,
    [],
    'text',
    {},
    { ...good, digest: 'sha256:abc' },
    { ...good, mediaType: 7 },
    { ...good, size: -1 },
    { ...good, size: 1.5 },
    { ...good, size: 2 ** 60 },
    { ...good, size: '2' },
    { ...good, artifactType: {} },
    { ...good, annotations: { a: 1 } },
    { ...good, annotations: [] as unknown },
  ])('refuses %j', value => {
    const result = parseDescriptor(value);
    expect(result).toBeUndefined();
  });
});
