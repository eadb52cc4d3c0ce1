import { parseGrypeReport } from './parseGrypeReport';

type Json = Record<string, any>;

const sha = (digit: string) => `sha256:${digit.repeat(64)}`;

const MATCH = {
  vulnerability: {
    id: 'GHSA-aaaa-bbbb-cccc',
    dataSource: 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc',
    namespace: 'github:language:python',
    severity: 'Critical',
    cvss: [
      {
        version: '3.1',
        vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
        metrics: { baseScore: 9.8 },
      },
    ],
    fix: { versions: ['3.2.10', '4.0.1'], state: 'fixed' },
    advisories: [{ id: 'RHSA-2026:1', link: 'https://example.com' }],
  },
  relatedVulnerabilities: [
    {
      id: 'CVE-2026-1001',
      namespace: 'nvd:cpe',
      cvss: [
        {
          source: 'nvd@nist.gov',
          version: '3.1',
          vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:H',
          metrics: { baseScore: 9.1 },
        },
      ],
    },
  ],
  artifact: {
    name: 'Django',
    version: '3.2.9',
    type: 'python',
    purl: 'pkg:pypi/Django@3.2.9',
    locations: [
      { path: '/usr/lib/Django/METADATA', layerID: sha('e') },
      { path: '/usr/lib/Django/RECORD', layerID: sha('e') },
    ],
  },
};

/** A report in the form of Grype 0.96, changed. */
function changed(change: (report: Json, match: Json) => void = () => {}) {
  const match: Json = structuredClone(MATCH);
  const report: Json = {
    matches: [match],
    source: {
      type: 'image',
      target: {
        userInput: 'registry.acme.example/shop/web:1.0.0',
        imageID: sha('a'),
        manifestDigest: sha('b'),
        repoDigests: [`registry.acme.example/shop/web@${sha('c')}`],
        architecture: 'arm',
        architectureVariant: 'v7',
        os: 'linux',
      },
    },
    distro: { name: 'debian', version: '12' },
    descriptor: {
      name: 'grype',
      version: '0.96.0',
      timestamp: '2026-11-20T12:00:00.5+01:00',
    },
  };
  change(report, match);
  return parseGrypeReport(JSON.stringify(report));
}

const findings = (change: (report: Json, match: Json) => void) => {
  const parsed = changed(change);
  return parsed.ok ? parsed.report.detail.findings : [];
};

describe('parseGrypeReport', () => {
  it('reads what was scanned, when, and everything a verdict may rest on', () => {
    expect(changed()).toEqual({
      ok: true,
      report: {
        format: 'grype',
        artifactName: 'registry.acme.example/shop/web:1.0.0',
        digests: [sha('b'), sha('c')],
        imageId: sha('a'),
        coversPackages: true,
        detail: {
          scanner: { name: 'Grype', version: '0.96.0' },
          scannedAt: '2026-11-20T11:00:00.500Z',
          platform: 'linux/arm/v7',
          os: { family: 'debian', name: '12' },
          findings: [
            {
              id: 'GHSA-aaaa-bbbb-cccc',
              aliases: ['CVE-2026-1001'],
              advisories: ['RHSA-2026:1'],
              packageName: 'Django',
              installedVersion: '3.2.9',
              severity: 'critical',
              severitySource: 'github',
              purl: 'pkg:pypi/Django@3.2.9',
              path: 'usr/lib/Django/METADATA',
              layer: sha('e'),
              fixedVersion: '3.2.10, 4.0.1',
              fixState: 'fixed',
              link: 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc',
              score: 9.1,
              cvss: [
                {
                  source: 'github',
                  version: '3.1',
                  vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
                  score: 9.8,
                },
                {
                  source: 'nvd@nist.gov',
                  version: '3.1',
                  vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:H',
                  score: 9.1,
                },
              ],
            },
          ],
        },
      },
    });
  });

  it('counts what Grype was told to ignore: only the policy sets aside', () => {
    const found = findings((report, match) => {
      report.matches = [];
      report.ignoredMatches = [{ ...match, appliedIgnoreRules: [{}] }];
    });
    expect(found).toMatchObject([{ id: 'GHSA-aaaa-bbbb-cccc' }]);
  });

  // As Grype 0.119 writes it into a report of its own accord.
  const LIBC_DEV = {
    namespace: '',
    package: {
      name: 'linux-libc-dev',
      language: '',
      type: 'deb',
      'upstream-name': 'linux',
    },
    'match-type': 'exact-indirect-match',
  };
  const packaged = (change: object) => ({
    ...LIBC_DEV,
    package: { ...LIBC_DEV.package, ...change },
  });
  const ignoredBy = (rules: unknown) =>
    findings((report, match) => {
      report.matches = [];
      report.ignoredMatches = [{ ...match, appliedIgnoreRules: rules }];
    });

  it.each<[string, unknown[]]>([
    ['the headers of the C library', [LIBC_DEV]],
    [
      'the headers of a Debian kernel',
      [
        packaged({
          name: 'linux(-.*)?-headers-.*',
          'upstream-name': 'linux.*',
        }),
      ],
    ],
    [
      'the headers of a Red Hat kernel',
      [
        packaged({
          name: 'kernel-headers',
          type: 'rpm',
          'upstream-name': 'kernel',
        }),
      ],
    ],
    ['several of them', [LIBC_DEV, LIBC_DEV]],
  ])('leaves out what Grype ignores without being told: %s', (_what, rules) => {
    expect(ignoredBy(rules)).toEqual([]);
  });

  it.each<[string, unknown]>([
    [
      'somebody as well',
      [LIBC_DEV, { namespace: '', 'fix-state': 'wont-fix' }],
    ],
    ['a reason', [{ ...LIBC_DEV, reason: 'no kernel runs here' }]],
    ['a vulnerability', [{ ...LIBC_DEV, vulnerability: 'CVE-2026-1001' }]],
    ['VEX', [{ ...LIBC_DEV, 'vex-status': 'not_affected' }]],
    ['another match', [{ ...LIBC_DEV, 'match-type': 'exact-direct-match' }]],
    ['every match', [{ namespace: '', package: LIBC_DEV.package }]],
    ['another package', [packaged({ name: '.*' })]],
    ['a version', [packaged({ version: '6.1' })]],
    ['any kernel', [packaged({ 'upstream-name': '' })]],
    ['something new', [{ ...LIBC_DEV, 'include-aliases': true }]],
    ['a text', ['linux-libc-dev']],
    ['nothing', []],
    ['no list', LIBC_DEV],
    ['nobody', undefined],
  ])('counts what is ignored by a rule about %s', (_what, rules) => {
    expect(ignoredBy(rules)).toMatchObject([{ id: 'GHSA-aaaa-bbbb-cccc' }]);
  });

  it('makes of an advisory a finding for each CVE it covers', () => {
    const found = findings((_report, match) => {
      match.vulnerability.id = 'ELSA-2026-1';
      match.relatedVulnerabilities.push({ id: 'CVE-2026-1002' });
    });
    expect(found).toMatchObject([
      { id: 'CVE-2026-1001', advisories: ['ELSA-2026-1', 'RHSA-2026:1'] },
      { id: 'CVE-2026-1002', advisories: ['ELSA-2026-1', 'RHSA-2026:1'] },
    ]);
    expect(found.map(each => each.aliases)).toEqual([undefined, undefined]);
    expect(found.map(each => each.score)).toEqual([9.1, undefined]);
  });

  it('names no path for packages of the system, and no layer where the places disagree', () => {
    const [found] = findings((_report, { artifact }) => {
      artifact.type = 'deb';
      artifact.locations[1].layerID = sha('f');
    });
    expect(found).not.toHaveProperty('path');
    expect(found).not.toHaveProperty('layer');
  });

  it.each([
    ['not-fixed', 'notFixed'],
    ['wont-fix', 'wontFix'],
    ['', 'unknown'],
    [undefined, undefined],
  ])('reads the state "%s" of a fix', (state, fixState) => {
    const [found] = findings((_report, { vulnerability }) => {
      vulnerability.fix = { versions: [], state };
    });
    expect(found.fixState).toBe(fixState);
    expect(found).not.toHaveProperty('fixedVersion');
  });

  it('reads a match that says little', () => {
    const [found] = findings((_report, match) => {
      match.vulnerability = {
        id: 'CVE-2026-1001',
        urls: ['http://a.example', 'https://b.example'],
      };
      match.relatedVulnerabilities = null;
      match.artifact = { name: 'openssl' };
    });
    expect(found).toEqual({
      id: 'CVE-2026-1001',
      packageName: 'openssl',
      installedVersion: '',
      severity: 'unknown',
      link: 'https://b.example/',
    });
  });

  it('says of an image it knows nothing of that it is about no packages', () => {
    const nothing = (report: Json) => {
      report.matches = [];
      delete report.distro;
    };
    expect(changed(nothing)).toMatchObject({
      report: { coversPackages: false, detail: { findings: [] } },
    });
    expect(changed(report => (report.matches = []))).toMatchObject({
      report: { coversPackages: true, detail: { findings: [] } },
    });
  });

  it.each<[string, string, string, (report: Json, match: Json) => void]>([
    [
      'a directory',
      'reportFormatUnknown',
      'expected source.type "image", got "directory"',
      report => (report.source.type = 'directory'),
    ],
    [
      'no source',
      'reportFormatUnknown',
      'got none',
      report => delete report.source,
    ],
    [
      'another program',
      'reportFormatUnknown',
      'descriptor.name "grype"',
      report => (report.descriptor.name = 'gripe'),
    ],
    [
      'no time',
      'malformedReport',
      'descriptor.timestamp',
      report => delete report.descriptor.timestamp,
    ],
    [
      'no matches',
      'malformedReport',
      'list of matches',
      report => delete report.matches,
    ],
    [
      'matches that are no list',
      'malformedReport',
      'list of matches',
      report => (report.ignoredMatches = {}),
    ],
    [
      'a match that is none',
      'malformedReport',
      'no id or no package',
      report => report.matches.push(null),
    ],
    [
      'a match without id',
      'malformedReport',
      'no id or no package',
      (_report, match) => delete match.vulnerability.id,
    ],
    [
      'a match without package',
      'malformedReport',
      'no id or no package',
      (_report, match) => delete match.artifact.name,
    ],
    [
      'too many findings',
      'reportTooLarge',
      'at most 50000',
      (report, match) =>
        (report.matches = Array(50_001).fill({
          vulnerability: { id: match.vulnerability.id },
          artifact: { name: 'p' },
        })),
    ],
  ])('refuses %s', (_what, reason, message, change) => {
    expect(changed(change)).toEqual({
      ok: false,
      reason,
      message: expect.stringContaining(message),
    });
  });
});
