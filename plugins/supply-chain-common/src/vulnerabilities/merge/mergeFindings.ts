import { EvidenceTrust } from '../../model/evidenceTrust';
import {
  SEVERITIES_WORST_FIRST,
  Severity,
  VulnerabilityFinding,
} from '../../model/vulnerability';
import { compareText } from '../compareText';
import { definedOnly } from '../definedOnly';
import { worstSeverity } from '../severityRank';
import { vulnerabilityClockKey } from '../vulnerabilityClockKey';
import { AliasGroups, CVE } from './AliasGroups';
import { PackageIdentity, packageIdentityOf } from './packageIdentity';

/**
 * What one scanner says of a vulnerability.
 *
 * @public
 */
export type FindingSource = {
  /** Name of the scanner. */
  scanner: string;
  /** As the scanner names it. */
  id: string;
  /** Other names this scanner knows for it. */
  aliases?: string[];
  severity: Severity;
  fixedVersion?: string;
  /** RFC 3339: when the scan was made. */
  scannedAt: string;
  /** Set when the scan was handed in (L9). */
  trust?: EvidenceTrust;
};

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

type Entry = {
  scan: ScannedFindings;
  finding: VulnerabilityFinding;
  identity: PackageIdentity;
};

/** Entries that are one vulnerability in one package at one place. */
type Cluster = PackageIdentity & { primary: string; entries: Entry[] };

/**
 * Brings scans together: the same vulnerability (by alias group) of the same package (by name, version and, as far as
 * scanners give them, package URL and path) counts once. What one scanner lists as two findings stays two.
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
      const key = JSON.stringify([primary, identity.nameAndVersion]);
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
    return clustersOf(entries, primary).map(mergedFindingOf);
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
    clockKeys: [vulnerabilityClockKey(finding)],
  };
}

function sourceOf(
  { scanner, scannedAt, trust }: ScannedFindings,
  { id, aliases, severity, fixedVersion }: VulnerabilityFinding,
): FindingSource {
  return {
    scanner,
    id,
    ...(aliases && { aliases }),
    severity,
    ...(fixedVersion && { fixedVersion }),
    scannedAt,
    ...(trust && { trust }),
  };
}

/** The most exact first, so that what is less exact finds what it may belong to. */
function clustersOf(entries: Entry[], primary: string): Cluster[] {
  const clusters: Cluster[] = [];
  const ordered = [...entries].sort(
    (left, right) => exactness(right) - exactness(left),
  );
  for (const entry of ordered) {
    const homes = homesOf(entry, clusters);
    homes.forEach(home => home.entries.push(entry));
    if (homes.length === 0) {
      clusters.push({ ...entry.identity, primary, entries: [entry] });
    }
  }
  return clusters;
}

function exactness({ identity }: Entry): number {
  return Number(Boolean(identity.purl)) + Number(Boolean(identity.path));
}

function homesOf(entry: Entry, clusters: Cluster[]): Cluster[] {
  const { purl, path } = entry.identity;
  const same = clusters.find(each => each.purl === purl && each.path === path);
  return same
    ? [same]
    : clusters.filter(
        each =>
          isCompatible(each.purl, purl) &&
          isCompatible(each.path, path) &&
          each.entries.every(({ scan }) => scan.scanner !== entry.scan.scanner),
      );
}

function isCompatible(left: string | undefined, right: string | undefined) {
  return left === undefined || right === undefined || left === right;
}

function mergedFindingOf({ primary, entries }: Cluster): MergedFinding {
  const findings = entries.map(({ finding }) => finding);
  const { fixedVersion, fixState, ...first } = findings[0];
  const ids = distinct(
    findings.flatMap(({ id, aliases = [] }) => [id, ...aliases]),
  ).filter(id => id !== primary);
  const advisories = distinct(findings.flatMap(each => each.advisories ?? []));
  return {
    ...first,
    ...Object.assign({}, ...[...findings].reverse().map(textsOf)),
    id: primary,
    ...(ids.length > 0 && { aliases: ids }),
    ...(advisories.length > 0 && { advisories }),
    severity: worstSeverity(findings.map(each => each.severity))!,
    ...fixOf(findings),
    sources: sourcesOf(entries),
    clockKeys: distinct(
      findings.flatMap(each => [
        vulnerabilityClockKey(each),
        vulnerabilityClockKey({ ...each, id: primary }),
      ]),
    ),
  };
}

/** What an earlier scanner left out another one may know. */
function textsOf(finding: VulnerabilityFinding): Partial<VulnerabilityFinding> {
  const { purl, path, title, link, score, cvss, layer, publishedAt } = finding;
  return definedOnly({
    purl,
    path,
    title,
    link,
    score,
    cvss,
    layer,
    publishedAt,
  });
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

/** Each scanner with each of its ids once, at its worst. */
function sourcesOf(entries: Entry[]): FindingSource[] {
  const sources = new Map<string, FindingSource>();
  for (const { scan, finding } of entries) {
    const { id, severity } = finding;
    const key = JSON.stringify([scan.scanner, id]);
    const known = sources.get(key);
    if (!known || rank(severity) < rank(known.severity)) {
      sources.set(key, sourceOf(scan, finding));
    }
  }
  return [...sources.values()].sort(
    (left, right) =>
      compareText(left.scanner, right.scanner) ||
      compareText(left.id, right.id),
  );
}

function rank(severity: Severity): number {
  return SEVERITIES_WORST_FIRST.indexOf(severity);
}

function distinct(texts: string[]): string[] {
  return [...new Set(texts)].sort(compareText);
}
