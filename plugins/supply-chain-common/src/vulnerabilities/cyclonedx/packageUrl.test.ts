import { parsePackageUrl } from './packageUrl';

describe('parsePackageUrl', () => {
  it.each<[string, object]>([
    [
      'pkg:oci/web@sha256%3Aab?arch=amd64&repository_url=r.example%2Fweb',
      { type: 'oci', name: 'web', version: 'sha256:ab' },
    ],
    [
      'pkg:oci/web@sha256:ab',
      { type: 'oci', name: 'web', version: 'sha256:ab' },
    ],
    [
      'pkg:npm/%40scope/name@1.0.0#sub',
      { namespace: '@scope', name: 'name', version: '1.0.0' },
    ],
    [
      'pkg:npm/@scope/name@1.0.0',
      { namespace: '@scope', name: 'name', version: '1.0.0' },
    ],
    ['pkg:golang/a.example/b/c', { namespace: 'a.example/b', name: 'c' }],
    ['pkg:deb/debian/tar@1%', { name: 'tar', version: '1%' }],
  ])('reads %s', (text, expected) => {
    expect(parsePackageUrl(text)).toMatchObject(expected);
  });

  it.each([
    undefined,
    7,
    '',
    'tar',
    'pkg:deb',
    'pkg:deb/',
    `pkg:a/${'b'.repeat(3000)}`,
  ])('reads nothing of %s', text => {
    expect(parsePackageUrl(text)).toBeUndefined();
  });

  it('reads qualifiers', () => {
    const url = parsePackageUrl('pkg:oci/web?arch=arm64&x');
    expect(url?.qualifiers.get('arch')).toBe('arm64');
  });
});
