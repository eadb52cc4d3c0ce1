import { parseScanReport } from '../parseScanReport';

type Json = Record<string, any>;

const DIGEST = `sha256:${'a'.repeat(64)}`;
const SCANNED_AT = '2026-11-20T06:00:00.000Z';

function message(values: Json = {}): string {
  const { id, name, installed, severity, fixed } = {
    id: 'CVE-2026-1000',
    name: 'openssl',
    installed: '3.0.1-r0',
    severity: 'HIGH',
    fixed: '3.0.2-r0',
    ...values,
  };
  return `Package: ${name}\nInstalled Version: ${installed}\nVulnerability ${id}\nSeverity: ${severity}\nFixed Version: ${fixed}\nLink: [${id}](https://avd.example/${id})`;
}

function resultOf(text: string, uri = 'shop/web', ruleId = 'CVE-2026-1000') {
  const physicalLocation = { artifactLocation: { uri } };
  return { ruleId, message: { text }, locations: [{ physicalLocation }] };
}

const RULE = {
  id: 'CVE-2026-1000',
  name: 'OsPackageVulnerability',
  shortDescription: { text: 'openssl: a flaw' },
  helpUri: 'https://avd.example/CVE-2026-1000',
};

function sarif(run: Json = {}, { rules = [RULE], ...document }: Json = {}) {
  return JSON.stringify({
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Trivy', version: '0.72.0', rules } },
        results: [resultOf(message())],
        properties: {
          imageName: 'registry.acme.example/shop/web:1.0.0',
          imageID: `sha256:${'b'.repeat(64)}`,
          repoDigests: [`registry.acme.example/shop/web@${DIGEST}`],
        },
        ...run,
      },
    ],
    ...document,
  });
}

const parse = (document: string, scannedAt?: string) =>
  parseScanReport(document, { scannedAt });
const findingsOf = (run: Json, document?: Json) => {
  const parsed = parse(sarif(run, document), SCANNED_AT);
  return parsed.ok ? parsed.report.detail.findings : parsed;
};

describe('SARIF of Trivy', () => {
  it('is read: what was scanned, by what, when, and what was found', () => {
    expect(parse(sarif(), SCANNED_AT)).toEqual({
      ok: true,
      report: {
        format: 'sarif',
        artifactName: 'registry.acme.example/shop/web:1.0.0',
        imageId: `sha256:${'b'.repeat(64)}`,
        digests: [DIGEST],
        coversPackages: true,
        detail: {
          scanner: { name: 'Trivy', version: '0.72.0' },
          scannedAt: SCANNED_AT,
          findings: [
            {
              id: 'CVE-2026-1000',
              packageName: 'openssl',
              installedVersion: '3.0.1-r0',
              fixedVersion: '3.0.2-r0',
              fixState: 'fixed',
              severity: 'high',
              title: 'openssl: a flaw',
              link: 'https://avd.example/CVE-2026-1000',
            },
          ],
        },
      },
    });
  });

  it('says itself when its scan ended, or somebody says it, or it is refused', () => {
    const invocations = [
      { endTimeUtc: '2026-11-19T07:00:00Z' },
      { endTimeUtc: '2026-11-19T06:00:00Z' },
      { endTimeUtc: 'yesterday' },
    ];
    expect(parse(sarif({ invocations }), SCANNED_AT)).toMatchObject({
      report: { detail: { scannedAt: '2026-11-19T06:00:00.000Z' } },
    });
    const refusal = { ok: false, reason: 'malformedReport' };
    expect(parse(sarif())).toMatchObject(refusal);
    expect(parse(sarif(), 'yesterday')).toMatchObject(refusal);
  });

  it('has a place for packages of languages, and none for those of the system', () => {
    const rules = [{ ...RULE, name: 'LanguageSpecificPackageVulnerability' }];
    const at = (uri: string) =>
      findingsOf({ results: [resultOf(message(), uri)] }, { rules });
    expect(at('/app/my%20lock.json')).toMatchObject([
      { path: 'app/my lock.json' },
    ]);
    expect(at('app/100%')).toMatchObject([{ path: 'app/100%' }]);
    const [nowhere] = findingsOf(
      { results: [{ ...resultOf(message()), locations: null }] },
      { rules },
    ) as Json[];
    expect(nowhere).not.toHaveProperty('path');
  });

  it('may know no fix', () => {
    const results = [resultOf(message({ fixed: '', severity: 'WEIRD' }))];
    const [finding] = findingsOf({ results }) as Json[];
    expect(finding).toMatchObject({ severity: 'unknown' });
    expect(finding).not.toHaveProperty('fixedVersion');
    expect(finding).not.toHaveProperty('fixState');
  });

  it('counts what somebody suppressed: only the policy sets aside', () => {
    const suppressions = [{ kind: 'external' }];
    const results = [{ ...resultOf(message()), suppressions }];
    expect(findingsOf({ results })).toHaveLength(1);
  });

  it('leaves aside secrets, and does not say of them that packages were looked at', () => {
    const rules = [{ id: 'github-pat', name: 'Secret' }];
    const secret = resultOf('Artifact: /app/.env', '/app/.env', 'github-pat');
    expect(findingsOf({ results: [secret] }, { rules })).toEqual([]);
    expect(
      parse(sarif({ results: [secret] }, { rules }), SCANNED_AT),
    ).toMatchObject({ ok: true, report: { coversPackages: false } });
  });

  it.each<[string, Json]>([
    ['a message of another form', { results: [resultOf('openssl is bad')] }],
    ['no message', { results: [{ ruleId: RULE.id }] }],
    [
      'a package without a name',
      { results: [resultOf(message({ name: '' }))] },
    ],
    [
      'another vulnerability than its rule',
      { results: [resultOf(message({ id: 'CVE-2026-2' }))] },
    ],
    [
      'a line more in a name',
      { results: [resultOf(message({ name: 'a\nInstalled Version: 9' }))] },
    ],
    ['a rule nobody knows', { results: [resultOf(message(), '', 'CVE-2')] }],
    ['something else than results', { results: [7] }],
    ['no list of results', { results: undefined }],
  ])('is refused whole with %s', (_what, run) => {
    expect(findingsOf(run)).toMatchObject({
      ok: false,
      reason: 'malformedReport',
    });
  });

  it('is refused from other tools, of other versions, of several runs and of none', () => {
    const driver = { name: 'Grype', rules: [] };
    const reasonOf = (document: string) => {
      const parsed = parse(document, SCANNED_AT);
      return !parsed.ok && parsed.reason;
    };
    expect(reasonOf(sarif({ tool: { driver } }))).toBe('reportFormatUnknown');
    expect(reasonOf(sarif({}, { version: '2.0.0' }))).toBe(
      'reportFormatUnknown',
    );
    expect(reasonOf(sarif({}, { runs: [] }))).toBe('reportFormatUnknown');
    const run = JSON.parse(sarif()).runs[0];
    expect(reasonOf(sarif({}, { runs: [run, run] }))).toBe('malformedReport');
  });
});
