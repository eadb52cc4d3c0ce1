import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCycloneDxReport } from './parseCycloneDxReport';

type Json = Record<string, any>;

const sha = (digit: string) => `sha256:${digit.repeat(64)}`;

const FIXTURE = readFileSync(
  join(__dirname, '__fixtures__', 'payments-2.3.0.json'),
  'utf8',
);

const VULNERABILITY = {
  id: 'CVE-2026-1001',
  source: { name: 'debian', url: 'https://tracker.example' },
  ratings: [{ source: { name: 'debian' }, severity: 'high' }],
  recommendation: 'Upgrade openssl to version 3.0.2',
  affects: [{ ref: 'a' }],
};

/** A small document, changed. */
function changed(change: (document: Json, vulnerability: Json) => void) {
  const vulnerability: Json = structuredClone(VULNERABILITY);
  const document: Json = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    metadata: {
      timestamp: '2026-11-20T12:00:00Z',
      tools: [{ vendor: 'anchore', name: 'grype', version: '0.96.0' }],
      component: {
        'bom-ref': 'image',
        type: 'container',
        name: 'registry.acme.example/shop/web',
        version: sha('a'),
      },
    },
    components: [
      { 'bom-ref': 'a', name: 'openssl', version: '3.0.1' },
      { 'bom-ref': 'o', type: 'operating-system', name: 'debian' },
    ],
    vulnerabilities: [vulnerability],
  };
  change(document, vulnerability);
  return parseCycloneDxReport(JSON.stringify(document));
}

const findings = (change: (document: Json, vulnerability: Json) => void) => {
  const parsed = changed(change);
  return parsed.ok ? parsed.report.detail.findings : [];
};

describe('parseCycloneDxReport', () => {
  it('reads a document of Trivy: what was scanned, when, and what was found', () => {
    const parsed = parseCycloneDxReport(FIXTURE);
    const found = parsed.ok ? parsed.report.detail.findings : [];
    expect(parsed).toEqual({
      ok: true,
      report: {
        format: 'cyclonedx',
        artifactName: '127.0.0.1:5003/shop/payments:2.3.0',
        digests: [
          'sha256:6b714c1f6e8eb859c6c921d44db2ff39e071e6adb549958c913a60315db8be8b',
        ],
        imageId:
          'sha256:68683e107b77d858eb131a8e5419df62fded01476da6adf4dbc954acfd542b84',
        coversPackages: true,
        detail: {
          scanner: { name: 'Trivy', version: 'dev' },
          scannedAt: '2026-11-23T11:06:59.000Z',
          platform: 'linux/amd64',
          os: { family: 'alpine', name: '3.14.2' },
          findings: found,
        },
      },
    });
    expect(found).toContainEqual({
      id: 'CVE-2018-18074',
      packageName: 'requests',
      installedVersion: '2.19.0',
      severity: 'high',
      severitySource: 'ghsa',
      purl: 'pkg:pypi/requests@2.19.0',
      path: expect.stringMatching(/^[^/].*requests/),
      layer: expect.stringMatching(/^sha256:/),
      fixedVersion: '2.20.0',
      fixState: 'fixed',
      link: 'https://avd.aquasec.com/nvd/cve-2018-18074',
      publishedAt: '2018-06-01T00:00:00.000Z',
    });
  });

  it('knows the image by every place in which its digest may stand', () => {
    const parsed = changed(({ metadata: { component } }) => {
      component['bom-ref'] = `pkg:oci/web@sha256%3A${'b'.repeat(
        64,
      )}?arch=arm64`;
      component.hashes = [
        { alg: 'SHA-256', content: 'c'.repeat(64) },
        { alg: 'SHA-1', content: 'd'.repeat(40) },
      ];
      component.name = `registry.acme.example/shop/web@${sha('e')}`;
    });
    expect(parsed).toMatchObject({
      report: {
        digests: [sha('b'), sha('a'), sha('c'), sha('e')],
        detail: {
          platform: 'linux/arm64',
          scanner: { name: 'Grype', version: '0.96.0' },
        },
      },
    });
  });

  it('does not guess a platform without an operating system', () => {
    const parsed = changed(({ components, metadata: { component } }) => {
      components.pop();
      component.purl = 'pkg:oci/web?arch=arm64';
    });
    expect(parsed.ok && parsed.report.detail).not.toHaveProperty('platform');
  });

  it.each<[string, unknown, object]>([
    ['no tool', undefined, { name: 'CycloneDX' }],
    [
      'a tool of 1.4',
      [{ name: 'x', version: '1' }],
      { name: 'x', version: '1' },
    ],
    [
      'a scanner beside another tool',
      { components: [{ name: 'syft' }, { name: 'trivy', version: '0.72' }] },
      { name: 'Trivy', version: '0.72' },
    ],
    ['a service', { services: [{ name: 'y' }] }, { name: 'y' }],
  ])('names the scanner from %s', (_what, tools, scanner) => {
    expect(changed(({ metadata }) => (metadata.tools = tools))).toMatchObject({
      report: { detail: { scanner } },
    });
  });

  it('finds nested components', () => {
    const found = findings(({ components }, { affects }) => {
      const inner = { 'bom-ref': 'i', name: 'inner', version: '7' };
      components.push({ name: 'x', components: [{ components: [inner] }] });
      affects[0].ref = 'i';
    });
    expect(found).toMatchObject([
      { packageName: 'inner', installedVersion: '7' },
    ]);
  });

  it('keeps a finding whose component is not in the document, by what it is called', () => {
    const found = findings((_document, vulnerability) => {
      vulnerability.affects = [
        { ref: 'pkg:maven/org.example/lib@1.2.3' },
        { ref: 'urn:cdx:other#x', versions: [{ version: '9' }] },
      ];
    });
    expect(found).toMatchObject([
      {
        packageName: 'lib',
        installedVersion: '1.2.3',
        purl: 'pkg:maven/org.example/lib@1.2.3',
      },
      { packageName: 'urn:cdx:other#x', installedVersion: '9' },
    ]);
  });

  it('takes the image for the package of a vulnerability that affects nothing else', () => {
    expect(
      findings((_document, vulnerability) => delete vulnerability.affects),
    ).toMatchObject([{ packageName: 'registry.acme.example/shop/web' }]);
  });

  it('names packages and places as the reports of the scanners do', () => {
    const [java, npm, system] = findings(({ components }, { affects }) => {
      components.push(
        {
          'bom-ref': 'j',
          group: 'org.example',
          name: 'lib',
          purl: 'pkg:maven/org.example/lib@1',
          properties: [
            { name: 'syft:location:0:path', value: '/app/lib.jar' },
            { name: 'syft:location:0:layerID', value: sha('1') },
            { name: 'syft:location:1:layerID', value: sha('2') },
          ],
        },
        { 'bom-ref': 'n', group: '@scope', name: 'lib' },
        {
          'bom-ref': 'd',
          name: 'tar',
          purl: 'pkg:deb/debian/tar@1',
          properties: [
            { name: 'syft:location:0:path', value: '/var/lib/dpkg/status' },
            { name: 'aquasecurity:trivy:LayerDigest', value: sha('3') },
          ],
        },
      );
      affects.splice(0, 1, { ref: 'j' }, { ref: 'n' }, { ref: 'd' });
    });
    expect(java).toMatchObject({
      packageName: 'org.example:lib',
      path: 'app/lib.jar',
    });
    expect(java).not.toHaveProperty('layer');
    expect(npm).toMatchObject({ packageName: '@scope/lib' });
    expect(system).toMatchObject({ packageName: 'tar', layer: sha('3') });
    expect(system).not.toHaveProperty('path');
  });

  it.each(['not_affected', 'false_positive', 'resolved'])(
    'keeps what somebody says is %s',
    state => {
      const found = findings((_document, vulnerability) => {
        vulnerability.analysis = { state };
        vulnerability.affects[0].versions = [{ status: 'unaffected' }];
      });
      expect(found).toHaveLength(1);
    },
  );

  it('says that a fix is not known, where none is named', () => {
    const [found] = findings((_document, vulnerability) => {
      vulnerability.recommendation = 'No direct patch is available...';
    });
    expect(found).toMatchObject({ fixState: 'unknown' });
    expect(found).not.toHaveProperty('fixedVersion');
  });

  it('reads other ids, advisories and vectors', () => {
    const vector = 'AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
    const [found] = findings((_document, vulnerability) => {
      vulnerability.references = [{ id: 'GHSA-aaaa-bbbb-cccc' }];
      vulnerability.advisories = [
        { url: 'https://www.debian.org/security/2021/dsa-5020' },
        { title: 'RHSA-2026:1', url: 'https://redhat.example/x' },
        {},
      ];
      vulnerability.ratings.push(
        { source: { name: 'NVD' }, score: 9.8, method: 'CVSSv31', vector },
        { source: { name: 'FIRST' }, score: 0.03, method: 'other' },
      );
    });
    expect(found).toMatchObject({
      aliases: ['GHSA-aaaa-bbbb-cccc'],
      advisories: ['DSA-5020', 'RHSA-2026:1'],
      link: 'https://www.debian.org/security/2021/dsa-5020',
      severity: 'high',
      score: 9.8,
      cvss: [
        {
          source: 'NVD',
          version: '3.1',
          vector: `CVSS:3.1/${vector}`,
          score: 9.8,
        },
      ],
    });
  });

  it('knows a clean image only from a program that does nothing but scan', () => {
    const empty = changed(document => (document.vulnerabilities = []));
    expect(empty).toMatchObject({
      report: { coversPackages: true, detail: { findings: [] } },
    });
    expect(
      changed(document => {
        document.vulnerabilities = [];
        delete document.components;
      }),
    ).toMatchObject({ report: { coversPackages: false } });
  });

  it.each<[string, string, string, (document: Json, each: Json) => void]>([
    [
      'another format',
      'reportFormatUnknown',
      'bomFormat "CycloneDX"',
      document => (document.bomFormat = 'SPDX'),
    ],
    [
      'an older version',
      'reportFormatUnknown',
      '"1.4" or "1.5"',
      document => (document.specVersion = '1.3'),
    ],
    [
      'a file',
      'reportFormatUnknown',
      '"container", got "file"',
      ({ metadata }) => (metadata.component.type = 'file'),
    ],
    [
      'nothing',
      'reportFormatUnknown',
      'got none',
      document => delete document.metadata,
    ],
    [
      'no time',
      'malformedReport',
      'metadata.timestamp',
      ({ metadata }) => delete metadata.timestamp,
    ],
    [
      'a list of components',
      'scanWithoutPackages',
      'looked for',
      document => delete document.vulnerabilities,
    ],
    [
      'a list of components of a scanner, with no vulnerabilities in it',
      'scanWithoutPackages',
      'looked for',
      document => {
        document.metadata.tools[0].name = 'trivy';
        document.vulnerabilities = [];
      },
    ],
    [
      'vulnerabilities that are no list',
      'malformedReport',
      'list of vulnerabilities',
      document => (document.vulnerabilities = {}),
    ],
    [
      'a vulnerability that is none',
      'malformedReport',
      'no id or no package',
      document => document.vulnerabilities.push(null),
    ],
    [
      'a vulnerability without id',
      'malformedReport',
      'no id or no package',
      (_document, vulnerability) => delete vulnerability.id,
    ],
    [
      'a vulnerability of nothing',
      'malformedReport',
      'no id or no package',
      (_document, vulnerability) => vulnerability.affects.push({}),
    ],
    [
      'components that are no list',
      'malformedReport',
      'no id or no package',
      (_document, vulnerability) => (vulnerability.affects = { ref: 'a' }),
    ],
    [
      'a component without a name',
      'malformedReport',
      'no id or no package',
      ({ components }) => delete components[0].name,
    ],
    [
      'too many findings',
      'reportTooLarge',
      'at most 50000',
      (_document, vulnerability) =>
        (vulnerability.affects = Array(50_001).fill({ ref: 'a' })),
    ],
  ])('refuses %s', (_what, reason, message, change) => {
    expect(changed(change)).toEqual({
      ok: false,
      reason,
      message: expect.stringContaining(message),
    });
  });
});
