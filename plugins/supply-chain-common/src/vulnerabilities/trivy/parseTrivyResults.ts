import { isRecord } from '../../kubernetes/KubernetesObject';
import { ReasonCode } from '../../model/reasonCodes';
import { VulnerabilityFinding } from '../../model/vulnerability';
import { httpsLink, instant, shortText } from '../../text/reportValues';
import { distinctFindings } from '../distinctFindings';
import { baseScoreOf, severityOf } from '../scannerValues';

type Json = Record<string, unknown>;

/** Far above what an image has; more would be an attack on whoever reads it. */
const MAX_FINDINGS = 50_000;

/** Classes of results that come from packages, in which vulnerabilities are looked for. */
const PACKAGE_CLASSES: readonly unknown[] = ['os-pkgs', 'lang-pkgs'];

/** Result of {@link parseTrivyResults}. */
export type TrivyResults =
  | {
      ok: true;
      findings: VulnerabilityFinding[];
      /** Whether a result is about packages; without one nothing says that vulnerabilities were looked for. */
      coversPackages: boolean;
    }
  | { ok: false; reason: ReasonCode; message: string };

/**
 * Reads the findings of a report. Those that Trivy itself was told to set aside (an ignore file, a VEX document) count
 * as well, where the report still holds them: only the policy sets aside.
 */
export function parseTrivyResults(results: unknown): TrivyResults {
  // An empty Go slice is written as null or left out.
  const list = results ?? [];
  if (!Array.isArray(list) || !list.every(isRecord)) {
    return malformed('it has no list of results');
  }
  const entries: { entry: unknown; result: Json }[] = [];
  for (const result of list) {
    const found = entriesOf(result);
    if (!found) {
      return malformed('a result has no list of vulnerabilities');
    }
    if (entries.length + found.length > MAX_FINDINGS) {
      return {
        ok: false,
        reason: 'reportTooLarge',
        message: `expected at most ${MAX_FINDINGS} findings`,
      };
    }
    found.forEach(entry => entries.push({ entry, result }));
  }
  const findings = entries.map(({ entry, result }) => findingOf(entry, result));
  return findings.every(each => each !== undefined)
    ? {
        ok: true,
        findings: distinctFindings(findings),
        coversPackages: list.some(each => PACKAGE_CLASSES.includes(each.Class)),
      }
    : malformed('a finding has no id or no package');
}

function malformed(message: string): TrivyResults {
  return { ok: false, reason: 'malformedReport', message };
}

function entriesOf(result: Json): unknown[] | undefined {
  const listed = result.Vulnerabilities ?? [];
  const modified = result.ExperimentalModifiedFindings ?? [];
  if (!Array.isArray(listed) || !Array.isArray(modified)) {
    return undefined;
  }
  const setAside = modified.flatMap(each =>
    isRecord(each) && each.Type === 'vulnerability' ? [each.Finding] : [],
  );
  return [...listed, ...setAside];
}

function findingOf(
  entry: unknown,
  result: Json,
): VulnerabilityFinding | undefined {
  if (!isRecord(entry)) {
    return undefined;
  }
  const id = shortText(entry.VulnerabilityID, 128);
  const packageName = shortText(entry.PkgName, 256);
  if (!id || !packageName) {
    return undefined;
  }
  const identifier = isRecord(entry.PkgIdentifier) ? entry.PkgIdentifier : {};
  const optional = {
    purl: shortText(identifier.PURL, 1_024),
    path: pathOf(entry, result),
    fixedVersion: shortText(entry.FixedVersion, 512),
    title: shortText(entry.Title, 512),
    link: httpsLink(entry.PrimaryURL),
    score: baseScoreOf(entry.CVSS),
    publishedAt: instant(entry.PublishedDate),
  };
  return {
    id,
    packageName,
    installedVersion: shortText(entry.InstalledVersion, 256) ?? '',
    severity: severityOf(entry.Severity),
    ...Object.fromEntries(
      Object.entries(optional).filter(([, value]) => value !== undefined),
    ),
  };
}

/** Lock files and binaries are named as the target; a target of operating-system packages is the image itself. */
function pathOf(entry: Json, result: Json): string | undefined {
  return (
    shortText(entry.PkgPath, 1_024) ??
    (result.Class === 'lang-pkgs' ? shortText(result.Target, 1_024) : undefined)
  );
}
