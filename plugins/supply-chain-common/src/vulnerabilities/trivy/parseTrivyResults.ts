import { isRecord } from '../../kubernetes/KubernetesObject';
import { parseDigest } from '../../model/digest';
import { FixState, VulnerabilityFinding } from '../../model/vulnerability';
import { httpsLink, instant, shortText } from '../../text/reportValues';
import { ratedByVendors } from '../cvssRatings';
import { definedOnly } from '../definedOnly';
import { imagePath } from '../scannedImage';
import { severityOf } from '../scannerValues';
import { Json, recordOf, ReportProblem } from '../scanReport';
import { settledFindings } from '../settledFindings';
import { identify } from '../vulnerabilityIds';

/** Classes of results that come from packages, in which vulnerabilities are looked for. */
const PACKAGE_CLASSES: readonly unknown[] = ['os-pkgs', 'lang-pkgs'];

/** https://github.com/aquasecurity/trivy-db/blob/main/pkg/types/status.go */
const FIX_STATES = new Map<unknown, FixState>([
  ['fixed', 'fixed'],
  ['affected', 'notFixed'],
  ['will_not_fix', 'wontFix'],
  ['fix_deferred', 'deferred'],
  ['end_of_life', 'endOfLife'],
  ['under_investigation', 'unknown'],
  ['not_affected', 'unknown'],
  ['unknown', 'unknown'],
]);

/** Result of {@link parseTrivyResults}. */
export type TrivyResults = {
  findings: VulnerabilityFinding[];
  /** Whether a result is about packages; without one nothing says that vulnerabilities were looked for. */
  coversPackages: boolean;
};

/**
 * Reads the findings of a report. Those that Trivy itself was told to set aside (an ignore file, a VEX document) count
 * as well, where the report still holds them: only the policy sets aside.
 *
 * @throws ReportProblem
 */
export function parseTrivyResults(results: unknown): TrivyResults {
  // An empty Go slice is written as null or left out.
  const list = results ?? [];
  if (!Array.isArray(list) || !list.every(isRecord)) {
    throw new ReportProblem('malformedReport', 'it has no list of results');
  }
  const entries = list.flatMap(result =>
    entriesOf(result).map(entry => ({ entry, result })),
  );
  return {
    findings: settledFindings(entries, ({ entry, result }) =>
      findingsOf(entry, result),
    ),
    coversPackages: list.some(each => PACKAGE_CLASSES.includes(each.Class)),
  };
}

function entriesOf(result: Json): unknown[] {
  const listed = result.Vulnerabilities ?? [];
  const modified = result.ExperimentalModifiedFindings ?? [];
  if (!Array.isArray(listed) || !Array.isArray(modified)) {
    throw new ReportProblem(
      'malformedReport',
      'a result has no list of vulnerabilities',
    );
  }
  const setAside = modified.flatMap(each =>
    isRecord(each) && each.Type === 'vulnerability' ? [each.Finding] : [],
  );
  return [...listed, ...setAside];
}

function findingsOf(
  entry: unknown,
  result: Json,
): VulnerabilityFinding[] | undefined {
  if (!isRecord(entry)) {
    return undefined;
  }
  const id = shortText(entry.VulnerabilityID, 128);
  const packageName = shortText(entry.PkgName, 256);
  if (!id || !packageName) {
    return undefined;
  }
  const { VendorIDs, PkgIdentifier, Layer, Status } = entry;
  const fixedVersion = shortText(entry.FixedVersion, 512);
  const finding = {
    packageName,
    installedVersion: shortText(entry.InstalledVersion, 256) ?? '',
    severity: severityOf(entry.Severity),
    ...definedOnly({
      severitySource: shortText(entry.SeveritySource, 100),
      purl: shortText(recordOf(PkgIdentifier).PURL, 1_024),
      path: pathOf(entry, result),
      fixedVersion,
      fixState: FIX_STATES.get(Status) ?? (fixedVersion ? 'fixed' : undefined),
      title: shortText(entry.Title, 512),
      link: httpsLink(entry.PrimaryURL),
      layer: parseDigest(recordOf(Layer).Digest),
      publishedAt: instant(entry.PublishedDate),
    } as const),
    ...ratedByVendors(entry.CVSS),
  };
  const related = Array.isArray(VendorIDs) ? VendorIDs : [];
  return identify(id, related).map(ids => ({ ...ids, ...finding }));
}

/** Lock files and binaries are named as the target; a target of operating-system packages is the image itself. */
function pathOf(entry: Json, result: Json): string | undefined {
  return (
    imagePath(entry.PkgPath) ??
    (result.Class === 'lang-pkgs' ? imagePath(result.Target) : undefined)
  );
}
