import fc from 'fast-check';
import { vulnerability } from '../../testing/exampleFacts';
import { upgradeCommand } from './upgradeCommand';

const finding = (
  purl: string | undefined,
  packageName: string,
  installedVersion: string,
  fixedVersion: string | undefined,
  path?: string,
) => vulnerability({ purl, packageName, installedVersion, fixedVersion, path });

const argumentsOf = (...given: Parameters<typeof finding>) =>
  upgradeCommand([finding(...given)])?.arguments.join(' ');

describe('upgradeCommand', () => {
  it.each<[string, string, string, string, string]>([
    [
      'pkg:deb/debian/openssl@3.0.11-1~deb12u1?arch=amd64',
      'openssl',
      '3.0.11-1~deb12u1',
      '1:3.0.14-1~deb12u2',
      'apt-get install --yes --only-upgrade openssl',
    ],
    [
      'pkg:rpm/redhat/openssl-libs@3.0.7-24.el9?arch=x86_64&epoch=1',
      'openssl-libs',
      '1:3.0.7-24.el9',
      '1:3.0.7-27.el9',
      'dnf upgrade --assumeyes openssl-libs-1:3.0.7-27.el9',
    ],
    [
      'pkg:rpm/opensuse.leap/libopenssl3@3.0.8-150500.5.8.1',
      'libopenssl3',
      '3.0.8-150500.5.8.1',
      '3.0.8-150500.5.42.1',
      'zypper --non-interactive install libopenssl3>=3.0.8-150500.5.42.1',
    ],
    [
      'pkg:apk/alpine/apk-tools@2.12.5-r1?distro=3.20.1',
      'apk-tools',
      '2.12.5-r1',
      '2.12.6-r0',
      'apk add --upgrade apk-tools>=2.12.6-r0',
    ],
    [
      'pkg:npm/%40babel/traverse@7.23.0',
      '@babel/traverse',
      '7.23.0',
      '7.23.2',
      'npm install @babel/traverse@7.23.2',
    ],
    [
      'pkg:pypi/jinja2@3.1.2',
      'Jinja2',
      '3.1.2',
      '3.1.3',
      'pip install jinja2==3.1.3',
    ],
    [
      'pkg:golang/golang.org/x/net@v0.17.0',
      'golang.org/x/net',
      'v0.17.0',
      '0.23.0',
      'go get golang.org/x/net@v0.23.0',
    ],
    [
      'pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1',
      'org.apache.logging.log4j:log4j-core',
      '2.14.1',
      '2.15.0',
      'mvn versions:use-dep-version -Dincludes=org.apache.logging.log4j:log4j-core -DdepVersion=2.15.0 -DforceVersion=true',
    ],
    [
      'pkg:nuget/Newtonsoft.Json@12.0.3',
      'Newtonsoft.Json',
      '12.0.3',
      '13.0.1',
      'dotnet add package Newtonsoft.Json --version 13.0.1',
    ],
    [
      'pkg:gem/rack@2.2.3',
      'rack',
      '2.2.3',
      '2.2.8',
      'bundle update --conservative rack',
    ],
    [
      'pkg:cargo/openssl@0.10.50',
      'openssl',
      '0.10.50',
      '0.10.55',
      'cargo update --package openssl --precise 0.10.55',
    ],
    [
      'pkg:composer/symfony/http-kernel@5.4.1',
      'symfony/http-kernel',
      '5.4.1',
      '5.4.20',
      'composer update symfony/http-kernel --with symfony/http-kernel:5.4.20',
    ],
  ])('knows how %s is updated', (purl, name, installed, fixed, expected) => {
    expect(argumentsOf(purl, name, installed, fixed)).toBe(expected);
  });

  it('says whether the command belongs into the image or the project', () => {
    const apk = finding('pkg:apk/alpine/zlib@1.2.11-r3', 'zlib', '1', '1.2.12');
    const npm = finding('pkg:npm/ws@8.0.0', 'ws', '8.0.0', '8.17.1');
    expect(upgradeCommand([apk])?.place).toBe('image');
    expect(upgradeCommand([npm])?.place).toBe('project');
  });

  it.each([
    ['1.0.0', '1.2.3, 2.0.1', '1.2.3'],
    ['1.9.9', '1.2.3, 2.0.1', '2.0.1'],
    ['2.0.0', '2.0.1 || 1.2.3', '2.0.1'],
    ['1.2.3', '3.0.0,2.0.0,2.0.0', '2.0.0'],
    ['1.2', '1.2.10, 1.2.9', '1.2.9'],
  ])('takes the lowest above %s of %s', (installed, fixed, version) => {
    expect(argumentsOf('pkg:npm/ws', 'ws', installed, fixed)).toBe(
      `npm install ws@${version}`,
    );
  });

  it.each<[string, ...Parameters<typeof finding>]>([
    ['the fix is not above', 'pkg:npm/ws', 'ws', '8.0.0', '8.0.0'],
    ['no fix is above', 'pkg:npm/ws', 'ws', '9.0.0', '8.0.0, 7.0.0'],
    [
      'an order is not clear',
      'pkg:npm/ws',
      'ws',
      '8.0.0',
      '9.0.0, 10.0.0-rc.1',
    ],
    ['the installed one has no order', 'pkg:npm/ws', 'ws', 'x', '9.0.0, 9.0.1'],
    ['there is no fix', 'pkg:npm/ws', 'ws', '8.0.0', undefined],
    ['the fix is only a comma', 'pkg:npm/ws', 'ws', '8.0.0', ' , '],
    ['there is no package URL', undefined, 'ws', '8.0.0', '8.17.1'],
    ['the package URL is none', 'npm/ws', 'ws', '8.0.0', '8.17.1'],
    ['nothing is known of the type', 'pkg:swift/a/ws', 'ws', '1.0.0', '2.0.0'],
    ['nothing is known of the system', 'pkg:rpm/photon/ws', 'ws', '1', '2'],
    ['it is the toolchain', 'pkg:golang/stdlib', 'stdlib', '1.20.0', '1.21.0'],
    ['two packages are named', 'pkg:npm/ws', 'other', '8.0.0', '8.17.1'],
    [
      'the package manager brings it',
      'pkg:npm/tar',
      'tar',
      '6.1.0',
      '6.2.1',
      'usr/local/lib/node_modules/npm/node_modules/tar/package.json',
    ],
    [
      'the distribution brings it',
      'pkg:pypi/requests',
      'requests',
      '2.0.0',
      '2.31.0',
      'usr/lib/python3/dist-packages/requests-2.0.0.egg-info',
    ],
  ])('offers nothing where %s', (_why, ...given) => {
    expect(argumentsOf(...given)).toBeUndefined();
  });

  it('offers one command for findings that it fixes, and none for others', () => {
    const openssl = finding('pkg:npm/ws', 'ws', '8.0.0', '8.17.1');
    const elsewhere = { ...openssl, path: 'app/node_modules/ws/package.json' };
    const other = { ...openssl, fixedVersion: '9.0.0-rc.1' };
    expect(upgradeCommand([openssl, elsewhere])?.arguments).toEqual([
      'npm',
      'install',
      'ws@8.17.1',
    ]);
    expect(upgradeCommand([openssl, other])).toBeUndefined();
    expect(upgradeCommand([])).toBeUndefined();
  });

  it.each([
    ['the higher of two', ['4.17.12', '4.17.21'], '4.17.21'],
    ['the higher of two, however they come', ['4.17.21', '4.17.12'], '4.17.21'],
    ['by numbers, not by letters', ['4.17.9', '4.17.10'], '4.17.10'],
    ['one of a branch that has both', ['4.17.12, 5.0.1', '4.17.9'], '4.17.12'],
    [
      'not one of a branch without the other',
      ['4.17.12, 5.0.1', '5.0.0'],
      '5.0.1',
    ],
  ])('offers of several fixes of one package %s', (_which, fixes, version) => {
    const lodash = fixes.map(each =>
      finding('pkg:npm/lodash@4.17.4', 'lodash', '4.17.4', each),
    );
    expect(upgradeCommand(lodash)?.arguments).toEqual([
      'npm',
      'install',
      `lodash@${version}`,
    ]);
  });

  it('offers one command for a package of Debian that several revisions fix', () => {
    const openssl = ['3.0.14-1~deb12u2', '3.0.9-1'].map(fixed =>
      finding('pkg:deb/debian/openssl@3.0.8-1', 'openssl', '3.0.8-1', fixed),
    );
    expect(upgradeCommand(openssl)?.arguments.join(' ')).toBe(
      'apt-get install --yes --only-upgrade openssl',
    );
  });

  const HOSTILE = [
    '-rf',
    '--registry=https://evil.example',
    'a b',
    'a\nreboot',
    "a'b",
    'a"b',
    'a$(reboot)',
    'a`reboot`',
    'a;reboot',
    'a|b',
    'a&b',
    'a\u202eb',
    'a\u200bb',
    'a\u0000b',
    '../../evil',
    'file:evil',
    'git+https://evil.example/x',
    'a\\b',
    'a*',
    '@evil',
    '',
  ];
  const TYPES = [
    ...['deb/debian', 'apk/alpine', 'rpm/redhat', 'rpm/suse', 'npm', 'pypi'],
    ...['golang/evil.example', 'maven/org.acme', 'nuget', 'gem', 'cargo'],
    'composer/acme',
  ];

  it.each(HOSTILE)('takes %j for no name and for no version', hostile => {
    for (const type of TYPES) {
      const namespace = type.split('/').slice(1).join('/');
      const purl = `pkg:${type}/${encodeURIComponent(hostile)}`;
      for (const name of [hostile, `${namespace}/${hostile}`]) {
        expect(argumentsOf(purl, name, '1.0.0', '2.0.0')).toBeUndefined();
      }
      const decent = [`pkg:${type}/ab`, 'ab', '1.0.0'] as const;
      expect(argumentsOf(...decent, '2.0.0')).toBeDefined();
      expect(argumentsOf(...decent, hostile)).toBeUndefined();
      // A version may end in what would be an option on its own.
      const attached = /^(?:-rf)?$/.test(hostile) ? ' -rf' : hostile;
      expect(argumentsOf(...decent, `2.0.0${attached}`)).toBeUndefined();
    }
  });

  it('never says anything but letters a tool takes for a name or a version', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(
        fc.constantFrom(...TYPES),
        text,
        text,
        text,
        (type, name, installed, fixed) => {
          const purl = `pkg:${type}/${encodeURIComponent(name)}`;
          const [, ...rest] =
            upgradeCommand([finding(purl, name, installed, fixed)])
              ?.arguments ?? [];
          for (const argument of rest) {
            expect(argument).toMatch(/^[A-Za-z0-9@:=>/.,_+~^!-]+$/);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
