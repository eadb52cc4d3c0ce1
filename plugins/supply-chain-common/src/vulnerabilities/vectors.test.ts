import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseScanReport } from './parseScanReport';

type Json = Record<string, any>;

const vectors =
  process.env.SUPPLY_CHAIN_VECTORS ??
  resolve(__dirname, '../../../../../shared/fixtures');

const FOLDERS = [
  'grype',
  'defectdojo/anchore_grype',
  'defectdojo/cyclonedx',
  'trivy-scan',
  'defectdojo/trivy',
];

/** Why a file is no evidence; every other file must be read. */
const REFUSED: [RegExp, string, string][] = [
  // Early versions of Grype do not say when a scan was made, and its own goldens are made without a time.
  [
    /anchore_grype\/(many_vulns2?|no_vuln|check_all_fields.*)\.json$/,
    'malformedReport',
    'descriptor.timestamp',
  ],
  [/json\/.*TestJsonImgs/, 'malformedReport', 'descriptor.timestamp'],
  [/json\/.*TestJsonDirs/, 'reportFormatUnknown', '"image", got "directory"'],
  [/json\/.*TestEmptyJson/, 'reportFormatUnknown', '"image", got "unknown"'],
  [/many_vulns4\.json$/, 'reportFormatUnknown', '"image", got "directory"'],
  [/anchore_grype_epss_problem/, 'reportFormatUnknown', 'descriptor.name'],
  // CycloneDX of files, directories, or of nothing.
  [
    /cyclonedx\/(jake2|no-severity|issue_8022|valid-vulnerability-1\.4)\.json$/,
    'reportFormatUnknown',
    '"container", got none',
  ],
  [/log4j\.json$/, 'reportFormatUnknown', '"container", got "file"'],
  [/TestCycloneDxPresenterDir/, 'reportFormatUnknown', '"container"'],
  // Lists of components, and an empty list of vulnerabilities that looks exactly so.
  [
    /trivy-scan\/(.*\.cdx|unsigned-1\.0\.0\.cdx-vuln)\.json$/,
    'scanWithoutPackages',
    'looked for',
  ],
  // SARIF says no time of its scan (beside one it is read: sarif/vectors.test.ts), that of Grype no digest.
  [/\.sarif$/, 'malformedReport', 'endTimeUtc'],
  [/presenter\/sarif/, 'reportFormatUnknown', '"Trivy", got "grype"'],
  // Other formats: SPDX, Syft, envelopes, predicates, tables, XML, those of clusters and the lists of Trivy before SchemaVersion 2.
  [
    /\.(spdx\.json|att\.json|cosign-vuln\.json)$/,
    'reportFormatUnknown',
    'expected the JSON of',
  ],
  [/sbom-with-intoto/, 'reportFormatUnknown', 'expected the JSON of'],
  [/\.(xml|yaml)$|presenter\/(table|template)/, 'malformedReport', ''],
  [/(anchore|stereoscope)-fixture-image-simple/, 'malformedReport', ''],
  [/trivy\/legacy_.*\.json$/, 'malformedReport', 'JSON object'],
  [
    /trivy\/(issue_10991|issue_9170|kubernetes.*)\.json$/,
    'reportFormatUnknown',
    'expected the JSON of',
  ],
  // Scans of file systems, and of lists of components.
  [
    /trivy\/(cvss_severity_source|issue_9092|issue_9263)\.json$/,
    'reportFormatUnknown',
    '"container_image", got "cyclonedx"',
  ],
  [
    /trivy\/(issue_14136|misconfigurations_and_secrets)\.json$/,
    'reportFormatUnknown',
    '"container_image", got "filesystem"',
  ],
  // Early versions of Trivy do not say when a scan was made.
  [
    /trivy\/(license_scheme|scheme_2_(many|no)_vulns?)\.json$/,
    'malformedReport',
    'CreatedAt',
  ],
  [/README\.md$/, 'malformedReport', ''],
];

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(each => each.isFile())
    .map(each => join(each.parentPath, each.name))
    .sort();
}

/** What a report lists, counted anew: by vulnerability, package, version and place. */
function counted(report: Json): Set<string> {
  const keys: unknown[][] = [];
  const plain = (path?: string) => path?.replace(/^\/+/, '');
  for (const match of [
    ...(report.matches ?? []),
    ...(report.ignoredMatches ?? []),
  ]) {
    const { vulnerability, artifact: a } = match;
    const path = /^(apk|deb|rpm)$/.test(a.type) ? '' : a.locations[0]?.path;
    keys.push([vulnerability.id, a.name, a.version, plain(path), a.purl]);
  }
  for (const result of report.Results ?? []) {
    for (const each of result.Vulnerabilities ?? []) {
      const target = result.Class === 'lang-pkgs' ? result.Target : '';
      keys.push([
        each.VulnerabilityID,
        each.PkgName,
        each.InstalledVersion,
        plain(each.PkgPath ?? target),
        each.PkgIdentifier?.PURL,
      ]);
    }
  }
  for (const each of report.vulnerabilities ?? []) {
    for (const { ref } of each.affects) {
      keys.push([each.id, ref]);
    }
  }
  return new Set(keys.map(key => JSON.stringify(key.map(each => each ?? ''))));
}

const withVectors = existsSync(vectors) ? describe : describe.skip;

// Third-party reports and those made for this project; origins and licences are in the README of the folder.
withVectors('beside real reports', () => {
  const files = (existsSync(vectors) ? FOLDERS : []).flatMap(folder =>
    filesIn(join(vectors, folder)),
  );
  const refusalOf = (file: string) =>
    REFUSED.find(([pattern]) => pattern.test(file));
  const named = (list: string[]) =>
    list.map(file => ({ file, name: file.slice(vectors.length + 1) }));

  it.each(named(files.filter(file => !refusalOf(file))))(
    'reads $name: every finding, each once',
    ({ file }) => {
      const text = readFileSync(file, 'utf8');
      const parsed = parseScanReport(text);
      expect(parsed).toEqual({ ok: true, report: expect.anything() });
      const expected = counted(JSON.parse(text));
      const found = parsed.ok ? parsed.report.detail.findings : [];
      expect(found).toHaveLength(expected.size);
      for (const { id, packageName, severity } of found) {
        expect(id && packageName && severity).toBeTruthy();
      }
    },
  );

  it.each(named(files.filter(file => refusalOf(file))))(
    'refuses $name',
    ({ file }) => {
      const [, reason, message] = refusalOf(file)!;
      expect(parseScanReport(readFileSync(file))).toEqual({
        ok: false,
        reason,
        message: expect.stringContaining(message),
      });
    },
  );

  it('finds the same in CycloneDX as in the JSON of one scanner', () => {
    const read = (name: string) => {
      const parsed = parseScanReport(
        readFileSync(join(vectors, 'trivy-scan', name)),
      );
      return parsed.ok ? parsed.report : undefined;
    };
    for (const image of ['web-1.0.0', 'payments-2.3.0']) {
      const [json, bom] = [`${image}.json`, `${image}.cdx-vuln.json`].map(read);
      const summary = (report: typeof json) =>
        report?.detail.findings
          .map(({ id, packageName, installedVersion, ...each }) => [
            `${id} ${packageName} ${installedVersion}`,
            each.severity,
            each.fixedVersion,
            each.layer,
            each.purl,
          ])
          .sort();
      expect(summary(bom)).toEqual(summary(json));
      expect(bom?.digests).toEqual(json?.digests);
      expect(bom?.imageId).toEqual(json?.imageId);
      expect(bom?.detail.platform).toEqual(json?.detail.platform);
      expect(bom?.detail.os?.name).toEqual(json?.detail.os?.name);
    }
  });
});
