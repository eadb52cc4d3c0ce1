import { vulnerability } from '../../testing/exampleFacts';
import { VulnerabilityFinding } from '../../model/vulnerability';
import { mergeFindings } from './mergeFindings';

type Said = Partial<VulnerabilityFinding>;

const scan = (scanner: string, ...findings: Said[]) => ({
  scanner,
  scannedAt: '2026-11-20T10:00:00Z',
  findings: findings.map(each =>
    vulnerability({ installedVersion: '2.14.1', ...each }),
  ),
});
const merge = (...said: Said[][]) =>
  mergeFindings(said.map((list, index) => scan(`scanner ${index}`, ...list)));

const GROUP = 'org.apache.logging.log4j';
const MAVEN = `pkg:maven/${GROUP}/log4j-core@2.14.1`;
const JAR = 'app/app.jar/BOOT-INF/lib/log4j-core-2.14.1.jar';
const LOG4J = { packageName: `${GROUP}:log4j-core`, purl: MAVEN, path: JAR };
const BARE = { ...LOG4J, packageName: 'log4j-core' };
const SITE = 'usr/lib/python3.9/site-packages';
const JINJA = {
  packageName: 'Jinja2',
  purl: 'pkg:pypi/jinja2@2.14.1',
  path: `${SITE}/Jinja2-2.14.1.dist-info/METADATA`,
};
const GO = { packageName: 'stdlib', path: 'usr/bin/app' };

describe('one package, as scanners write it', () => {
  it.each<[string, Said, Said]>([
    ['Java with and without its group', LOG4J, BARE],
    [
      'Java without a package URL',
      LOG4J,
      { ...LOG4J, purl: undefined, path: undefined },
    ],
    ['Java by its bare name alone', LOG4J, { ...BARE, purl: undefined }],
    [
      'a file and the archive around it',
      LOG4J,
      { ...LOG4J, path: 'app/app.jar' },
    ],
    ['a file and its directory', JINJA, { ...JINJA, path: SITE }],
    [
      'a file and its directory from the root',
      JINJA,
      { ...JINJA, path: `/${SITE}/` },
    ],
    [
      'names of Python, one of them without a package URL',
      { ...JINJA, packageName: 'my.pkg', purl: 'pkg:pypi/my.pkg@1' },
      { ...JINJA, packageName: 'My_Pkg', purl: undefined },
    ],
    [
      'the standard library of Go',
      { ...GO, purl: 'pkg:golang/stdlib@v1.20.1', installedVersion: 'v1.20.1' },
      { ...GO, purl: 'pkg:golang/stdlib@1.20.1', installedVersion: 'go1.20.1' },
    ],
    [
      'the standard library of Go without package URLs',
      { ...GO, installedVersion: '1.20.1' },
      { ...GO, installedVersion: 'go1.20.1' },
    ],
    [
      'a scope in two encodings',
      { packageName: '@babel/core', purl: 'pkg:npm/%40babel/core@2.14.1' },
      { packageName: '@babel/core', purl: 'pkg:npm/@babel/core@2.14.1' },
    ],
    [
      'a scope without a package URL',
      { packageName: '@babel/core', purl: 'pkg:npm/%40babel/core@2.14.1' },
      { packageName: '@babel/core' },
    ],
    [
      'two names of one distribution',
      { packageName: 'nss', purl: 'pkg:rpm/redhat/nss@2.14.1' },
      { packageName: 'nss', purl: 'pkg:rpm/rhel/nss@2.14.1' },
    ],
  ])('counts once: %s', (_what, left, right) => {
    for (const rows of [merge([left], [right]), merge([right], [left])]) {
      expect(rows.map(({ sources }) => sources.length)).toEqual([2]);
    }
  });

  it('has the same name, whoever scanned last', () => {
    for (const order of [
      [LOG4J, BARE],
      [BARE, LOG4J],
    ]) {
      const [row] = merge(...order.map(each => [each]));
      expect(row.packageName).toBe(LOG4J.packageName);
      expect(row.clockKeys).toEqual([
        `${row.id}|log4j-core`,
        `${row.id}|${LOG4J.packageName}`,
      ]);
    }
  });
});

describe('two packages', () => {
  const other = 'pkg:maven/com.example/log4j-core@2.14.1';
  it.each<[string, Said, Said]>([
    ['of two groups', LOG4J, { ...LOG4J, purl: other }],
    ['of two groups by name', LOG4J, { packageName: 'com.example:log4j-core' }],
    ['in files whose names begin alike', LOG4J, { ...LOG4J, path: `${JAR}x` }],
    [
      'in two directories',
      JINJA,
      { ...JINJA, path: 'usr/lib/python3.8/site-packages' },
    ],
    [
      'with and without a scope',
      { packageName: '@babel/core', purl: 'pkg:npm/%40babel/core@2.14.1' },
      { packageName: 'core' },
    ],
    [
      'with names that only Python takes for one',
      { packageName: 'my.pkg', purl: 'pkg:npm/my.pkg@1' },
      { packageName: 'my-pkg' },
    ],
    [
      'that are called like versions of Go',
      { packageName: 'a', installedVersion: 'go1.2' },
      { packageName: 'a', installedVersion: '1.2' },
    ],
  ])('stay two: %s', (_what, left, right) => {
    expect(merge([left], [right])).toHaveLength(2);
    expect(merge([right], [left])).toHaveLength(2);
  });

  it('stay two beside a name that may be of either', () => {
    const rows = merge(
      [LOG4J, { ...LOG4J, purl: other }],
      [{ packageName: 'log4j-core' }],
    );
    expect(rows).toHaveLength(3);
  });
});

describe('one scanner through two hands', () => {
  it('counts once where one of its formats says less', () => {
    const scans = [
      scan('Trivy', LOG4J),
      scan('Trivy', { packageName: LOG4J.packageName }),
    ];
    expect(mergeFindings(scans)).toHaveLength(1);
    expect(mergeFindings(scans.reverse())).toHaveLength(1);
  });

  it('is named with the trust of each hand', () => {
    const [row] = mergeFindings([
      scan('Trivy', LOG4J),
      { ...scan('Trivy', LOG4J), trust: 'oidcUpload' },
    ]);
    expect(row.sources.map(({ trust }) => trust)).toEqual([
      undefined,
      'oidcUpload',
    ]);
  });
});
