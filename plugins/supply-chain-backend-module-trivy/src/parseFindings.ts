import {
  httpsLink,
  instant,
  isRecord,
  SEVERITIES_WORST_FIRST,
  Severity,
  shortText,
  VulnerabilityFinding,
} from 'backstage-plugin-supply-chain-common';

type Json = Record<string, unknown>;

/** etcd holds at most 1.5 MB by default, which is about 5,000 findings of the smallest form. */
const MAX_FINDINGS = 20_000;

const SEVERITIES: Record<string, Severity> = {
  CRITICAL: 'critical',
  HIGH: 'high',
  MEDIUM: 'medium',
  LOW: 'low',
  NEGLIGIBLE: 'negligible',
  NONE: 'negligible',
};

/**
 * Result of {@link parseFindings}.
 *
 * @internal
 */
export type FindingsResult =
  | { ok: true; findings: VulnerabilityFinding[] }
  | { ok: false; message: string };

/**
 * Reads the findings of a report. A list that may be incomplete is refused whole: a missing finding would read as a
 * pass (L8).
 *
 * @internal
 */
export function parseFindings(report: Json): FindingsResult {
  const { vulnerabilities, summary } = report;
  // An empty Go slice is written as null or left out.
  const list = vulnerabilities ?? [];
  if (!Array.isArray(list)) {
    return { ok: false, message: 'has no list of vulnerabilities' };
  }
  if (list.length > MAX_FINDINGS) {
    return { ok: false, message: `has ${list.length} findings` };
  }
  if (list.length === 0 && counted(summary) > 0) {
    return { ok: false, message: 'counts vulnerabilities and lists none' };
  }
  if (vulnerabilities === undefined && !isRecord(summary)) {
    return { ok: false, message: 'has neither vulnerabilities nor a summary' };
  }
  const findings = new Map<string, VulnerabilityFinding>();
  for (const entry of list) {
    const finding = parseFinding(entry);
    if (!finding) {
      return { ok: false, message: 'has a finding without id or package' };
    }
    const key = keyOf(finding);
    const other = findings.get(key);
    findings.set(key, other ? worse(other, finding) : finding);
  }
  return { ok: true, findings: [...findings.values()] };
}

function counted(summary: unknown): number {
  const counts = isRecord(summary) ? summary : {};
  return ['critical', 'high', 'medium', 'low', 'unknown']
    .map(severity => Number(counts[`${severity}Count`]) || 0)
    .reduce((sum, count) => sum + count, 0);
}

function parseFinding(entry: unknown): VulnerabilityFinding | undefined {
  if (!isRecord(entry)) {
    return undefined;
  }
  const id = shortText(entry.vulnerabilityID, 128);
  const packageName = shortText(entry.resource, 256);
  if (!id || !packageName) {
    return undefined;
  }
  return {
    id,
    packageName,
    installedVersion: shortText(entry.installedVersion, 256) ?? '',
    severity: severityOf(entry.severity),
    ...present({
      purl: shortText(entry.packagePURL, 1_024),
      path: pathOf(entry),
      fixedVersion: shortText(entry.fixedVersion, 512),
      title: shortText(entry.title, 512),
      link: httpsLink(entry.primaryLink),
      score: scoreOf(entry),
      publishedAt: instant(entry.publishedDate),
    }),
  };
}

/** The same vulnerability of the same package at another path is another finding (jar and npm trees). */
function keyOf(finding: VulnerabilityFinding): string {
  const { id, packageName, installedVersion, purl, path } = finding;
  return JSON.stringify([id, packageName, installedVersion, purl, path]);
}

function worse(
  left: VulnerabilityFinding,
  right: VulnerabilityFinding,
): VulnerabilityFinding {
  const rank = ({ severity }: VulnerabilityFinding) =>
    SEVERITIES_WORST_FIRST.indexOf(severity);
  return rank(right) < rank(left) ? right : left;
}

function severityOf(severity: unknown): Severity {
  return SEVERITIES[String(severity).toUpperCase()] ?? 'unknown';
}

/** Lock files are named as the target; a target of operating-system packages is the image itself. */
function pathOf(entry: Json): string | undefined {
  return (
    shortText(entry.packagePath, 1_024) ??
    (entry.class === 'lang-pkgs' ? shortText(entry.target, 1_024) : undefined)
  );
}

/**
 * The `score` of the operator depends on the order of a Go map when several vendors rate a vulnerability, so the
 * vendors' own scores are taken when they are there: NVD's, else the highest.
 */
function scoreOf(entry: Json): number | undefined {
  const vendors = isRecord(entry.cvss) ? entry.cvss : {};
  const scores = Object.entries(vendors)
    .map(([vendor, cvss]) => ({
      vendor,
      score: isRecord(cvss) ? validScore(cvss.V3Score) : undefined,
    }))
    .filter(({ score }) => score !== undefined);
  const nvd = scores.find(({ vendor }) => vendor === 'nvd')?.score;
  const highest = scores.length
    ? Math.max(...scores.map(({ score }) => score ?? 0))
    : undefined;
  return nvd ?? highest ?? validScore(entry.score);
}

function validScore(score: unknown): number | undefined {
  return typeof score === 'number' && score >= 0 && score <= 10
    ? score
    : undefined;
}

function present<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}
