import { EvidenceTrust } from '../../model/evidenceTrust';
import { VulnerabilityFinding } from '../../model/vulnerability';
import { compareText } from '../compareText';
import { ratedBy } from '../cvssRatings';
import { definedOnly } from '../definedOnly';
import { worstSeverity } from '../severityRank';
import { vulnerabilityClockKey } from '../vulnerabilityClockKey';
import { AliasGroups, CVE } from './AliasGroups';
import {
  distinctSources,
  FindingSource,
  severityReasonOf,
  sourceOf,
} from './findingSources';
import { clustersOf, ScannedPlace } from './clustersOf';
import { packageIdentityOf } from './packageIdentity';

/**
 * A vulnerability in a package, with everybody who found it. Severity is the worst of them: a milder opinion never
 * hides a worse one (L8); both stand in `sources`.
 *
 * @public
 */
export type MergedFinding = VulnerabilityFinding & {
  sources: FindingSource[];
  /** What its clock may be kept under (L21): each scanner has its own ids. */
  clockKeys: string[];
};

/**
 * Findings of one scan.
 *
 * @public
 */
export type ScannedFindings = {
  scanner: string;
  /** Set when it was handed in (L9). */
  trust?: EvidenceTrust;
  /** RFC 3339. */
  scannedAt: string;
  findings: readonly VulnerabilityFinding[];
};

type Entry = ScannedPlace<ScannedFindings> & { finding: VulnerabilityFinding };

/**
 * Brings scans together: the same vulnerability (by alias group) of the same package (by package URL, else by name, by
 * version and, as far as scanners give it, path) counts once. What one scan lists as two findings stays two.
 *
 * @param scans - Newest first: texts come from the first that has them.
 * @public
 */
export function mergeFindings(
  scans: readonly ScannedFindings[],
): MergedFinding[] {
  // The usual case, and by far the most of the time an evaluation takes.
  if (scans.length === 1 && isSettled(scans[0])) {
    return scans[0].findings.map(finding => aloneOf(scans[0], finding));
  }
  const groups = AliasGroups.of(scans.flatMap(({ findings }) => findings));
  const buckets = new Map<string, Entry[]>();
  for (const scan of scans) {
    for (const finding of scan.findings) {
      const identity = packageIdentityOf(finding);
      const primary = groups.primaryOf(finding.id);
      const key = JSON.stringify([primary, identity.bucket]);
      const bucket = buckets.get(key);
      const entry = { scan, finding, identity };
      if (bucket) {
        bucket.push(entry);
      } else {
        buckets.set(key, [entry]);
      }
    }
  }
  return [...buckets].flatMap(([key, entries]) => {
    const [primary] = JSON.parse(key);
    return clustersOf(entries).map(each => mergedFindingOf(primary, each));
  });
}

/** Whether every finding of a scan is another one, and goes by its own name only. */
function isSettled({ findings }: ScannedFindings): boolean {
  const places = new Set<string>();
  const ids = new Set<string>();
  let hasAliases = false;
  for (const finding of findings) {
    const { id, aliases, packageName, installedVersion } = finding;
    ids.add(id);
    places.add(
      `${id}\n${packageName}\n${installedVersion}\n${finding.purl}\n${finding.path}`,
    );
    hasAliases ||= aliases !== undefined;
  }
  return (
    places.size === findings.length &&
    (!hasAliases ||
      findings.every(
        ({ id, aliases = [] }) =>
          aliases.length === 0 ||
          (CVE.test(id) && !aliases.some(alias => ids.has(alias))),
      ))
  );
}

function aloneOf(
  scan: ScannedFindings,
  finding: VulnerabilityFinding,
): MergedFinding {
  return {
    ...finding,
    sources: [sourceOf(scan, finding)],
    clockKeys: finding.aliases
      ? clockKeysOf(distinct(namesOf([finding])), [finding])
      : [vulnerabilityClockKey(finding)],
  };
}

function mergedFindingOf(primary: string, entries: Entry[]): MergedFinding {
  const findings = entries.map(({ finding }) => finding);
  const names = distinct([primary, ...namesOf(findings)]);
  const aliases = names.filter(id => id !== primary);
  const advisories = distinct(findings.flatMap(each => each.advisories ?? []));
  const sources = entries.map(each => sourceOf(each.scan, each.finding));
  return {
    id: primary,
    ...(aliases.length > 0 && { aliases }),
    ...(advisories.length > 0 && { advisories }),
    packageName: fullNameOf(findings),
    installedVersion: findings[0].installedVersion,
    ...Object.assign({}, ...[...findings].reverse().map(textsOf)),
    ...ratingsOf(findings),
    ...ratedWorst(distinctSources(sources)),
    ...fixOf(findings),
    clockKeys: clockKeysOf(names, findings),
  };
}

/** The worst severity, with everybody who rates it and whose rating it is. */
function ratedWorst(
  sources: FindingSource[],
): Pick<MergedFinding, 'severity' | 'severitySource' | 'sources'> {
  const severity = worstSeverity(sources.map(each => each.severity))!;
  const reason = severityReasonOf({ severity, sources });
  return {
    severity,
    ...(reason?.severitySource && { severitySource: reason.severitySource }),
    sources,
  };
}

/** With its namespace where a scanner writes it: whichever scanned last must not decide. */
function fullNameOf(findings: readonly VulnerabilityFinding[]): string {
  const [fullest] = findings
    .map(({ packageName }) => packageName)
    .sort(
      (left, right) => right.length - left.length || compareText(left, right),
    );
  return fullest;
}

/** Every name anybody gives the vulnerability. */
function namesOf(findings: readonly VulnerabilityFinding[]): string[] {
  return findings.flatMap(({ id, aliases = [] }) => [id, ...aliases]);
}

/** Under every name of the vulnerability and of the package. */
function clockKeysOf(
  ids: readonly string[],
  findings: readonly VulnerabilityFinding[],
): string[] {
  const packages = distinct(findings.map(({ packageName }) => packageName));
  return ids.flatMap(id =>
    packages.map(packageName => vulnerabilityClockKey({ id, packageName })),
  );
}

/** The ratings of all; a score that a vector amounts to before one that is only said. */
function ratingsOf(
  findings: readonly VulnerabilityFinding[],
): Pick<VulnerabilityFinding, 'cvss' | 'score' | 'scoreStated'> {
  const rated = ratedBy(findings.flatMap(({ cvss }) => cvss ?? []));
  const [stated] = findings
    .filter(({ score }) => score !== undefined)
    .sort((left, right) => right.score! - left.score!);
  if (rated.score !== undefined || !stated) {
    return rated;
  }
  const { score, scoreStated } = stated;
  return { ...rated, score, ...(scoreStated && { scoreStated }) };
}

/** What an earlier scanner left out another one may know. */
function textsOf(finding: VulnerabilityFinding): Partial<VulnerabilityFinding> {
  const { purl, path, title, link, layer, publishedAt } = finding;
  return definedOnly({ purl, path, title, link, layer, publishedAt });
}

function fixOf(
  findings: VulnerabilityFinding[],
): Pick<VulnerabilityFinding, 'fixedVersion' | 'fixState'> {
  const known =
    findings.find(each => each.fixedVersion) ??
    findings.find(each => each.fixState === 'fixed') ??
    findings.find(each => each.fixState && each.fixState !== 'unknown');
  const { fixedVersion, fixState } = known ?? findings[0];
  return {
    ...(fixedVersion && { fixedVersion }),
    ...(fixState && { fixState }),
  };
}

function distinct(texts: string[]): string[] {
  return [...new Set(texts)].sort(compareText);
}
