import {
  distinctFindings,
  FixState,
  isRecord,
  severityOf,
  shortText,
  VulnerabilityFinding,
} from 'backstage-plugin-supply-chain-common';
import { Said, saidOf } from './saidOf';

type Json = Record<string, unknown>;

/** etcd holds at most 1.5 MB by default, which is about 5,000 findings of the smallest form. */
const MAX_FINDINGS = 20_000;

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
  if (vulnerabilities === undefined && !isRecord(summary)) {
    return { ok: false, message: 'has neither vulnerabilities nor a summary' };
  }
  const findings = list.map(parseFinding);
  if (!findings.every(each => each !== undefined)) {
    return { ok: false, message: 'has a finding without id or package' };
  }
  const count = counted(summary);
  if (list.length < count) {
    return {
      ok: false,
      message: `counts ${count} vulnerabilities and lists ${list.length}`,
    };
  }
  return { ok: true, findings: distinctFindings(findings) };
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
  const finding: VulnerabilityFinding = {
    id,
    packageName,
    installedVersion: shortText(entry.installedVersion, 256) ?? '',
    severity: severityOf(entry.severity),
  };
  addOptional(finding, {
    purl: shortText(entry.packagePURL, 1_024),
    path: pathOf(entry),
    fixedVersion: shortText(entry.fixedVersion, 512),
    fixState: fixStateOf(entry.fixedVersion),
  });
  addSaid(finding, saidOf(entry, id));
  return finding;
}

/*
 * What is unknown is absent and not undefined. Written out: hundreds of thousands of findings come through here, and set by
 * name in a loop each of their properties would be looked up anew.
 */

function addOptional(
  finding: VulnerabilityFinding,
  known: Pick<
    VulnerabilityFinding,
    'purl' | 'path' | 'fixedVersion' | 'fixState'
  >,
): void {
  if (known.purl !== undefined) finding.purl = known.purl;
  if (known.path !== undefined) finding.path = known.path;
  if (known.fixedVersion !== undefined) {
    finding.fixedVersion = known.fixedVersion;
  }
  if (known.fixState !== undefined) finding.fixState = known.fixState;
}

function addSaid(finding: VulnerabilityFinding, said: Said): void {
  if (said.title !== undefined) finding.title = said.title;
  if (said.link !== undefined) finding.link = said.link;
  if (said.publishedAt !== undefined) finding.publishedAt = said.publishedAt;
  if (said.score !== undefined) finding.score = said.score;
  if (said.scoreStated) finding.scoreStated = true;
  if (said.cvss !== undefined) finding.cvss = said.cvss;
}

/** Lock files are named as the target; a target of operating-system packages is the image itself. */
function pathOf(entry: Json): string | undefined {
  return (
    shortText(entry.packagePath, 1_024) ??
    (entry.class === 'lang-pkgs' ? shortText(entry.target, 1_024) : undefined)
  );
}

/** The operator leaves out what Trivy knows of vendors' plans; an empty version says that there is no fix. */
function fixStateOf(fixedVersion: unknown): FixState | undefined {
  if (typeof fixedVersion !== 'string') {
    return undefined;
  }
  return fixedVersion === '' ? 'notFixed' : 'fixed';
}
