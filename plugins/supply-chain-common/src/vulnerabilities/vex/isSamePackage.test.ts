import { isSamePackage } from './isSamePackage';

describe('a package of a statement', () => {
  // prettier-ignore
  it.each<[string, string, string | undefined, boolean]>([
    ['the same', 'pkg:npm/lodash@4.17.4', 'pkg:npm/lodash@4.17.4', true],
    ['the same with qualifiers only the scanner gives', 'pkg:deb/debian/bash@5.2', 'pkg:deb/debian/bash@5.2?arch=amd64&distro=debian-12', true],
    ['the same with a qualifier both give', 'pkg:deb/debian/bash@5.2?arch=amd64', 'pkg:deb/debian/bash@5.2?arch=amd64', true],
    ['the same in another encoding', 'pkg:npm/%40acme/web@1.0.0%2B1', 'pkg:npm/@acme/web@1.0.0+1', true],
    ['the same as PEP 503 writes it', 'pkg:pypi/Foo.Bar@1', 'pkg:pypi/foo_bar@1', true],
    ['the same with the epoch of none', 'pkg:rpm/redhat/bash@5?epoch=0', 'pkg:rpm/redhat/bash@5', true],
    ['of another architecture', 'pkg:deb/debian/bash@5.2?arch=arm64', 'pkg:deb/debian/bash@5.2?arch=amd64', false],
    ['of a distribution the scanner does not give', 'pkg:deb/debian/bash@5.2?distro=debian-12', 'pkg:deb/debian/bash@5.2', false],
    ['of another epoch', 'pkg:rpm/redhat/bash@5', 'pkg:rpm/redhat/bash@5?epoch=1', false],
    ['of another type', 'pkg:deb/debian/bash@5.2', 'pkg:apk/debian/bash@5.2', false],
    ['of another namespace', 'pkg:deb/ubuntu/bash@5.2', 'pkg:deb/debian/bash@5.2', false],
    ['of a version that begins so', 'pkg:npm/lodash@4.17', 'pkg:npm/lodash@4.17.4', false],
    ['of a name that begins so', 'pkg:npm/lodash@4.17.4', 'pkg:npm/lodash.template@4.17.4', false],
    ['of no version', 'pkg:npm/lodash', 'pkg:npm/lodash', false],
    ['of a path the scanner does not give', 'pkg:golang/a.example/b@v1#ssh', 'pkg:golang/a.example/b@v1', false],
    ['of the same path', 'pkg:golang/a.example/b@v1#ssh', 'pkg:golang/a.example/b@v1#ssh', true],
    ['of any path', 'pkg:golang/a.example/b@v1', 'pkg:golang/a.example/b@v1#ssh', true],
    ['in another case', 'pkg:npm/JSONStream@1.0.0', 'pkg:npm/jsonstream@1.0.0', false],
    ['none', 'lodash@4.17.4', 'pkg:npm/lodash@4.17.4', false],
    ['one the scanner does not name', 'pkg:npm/lodash@4.17.4', undefined, false],
  ])('that is %s', (_condition, stated, scanned, same) => {
    expect(isSamePackage(stated, scanned)).toBe(same);
  });
});
