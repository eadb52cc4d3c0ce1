import { EvidenceTrust } from '../../model/evidenceTrust';
import { Severity, VulnerabilityFinding } from '../../model/vulnerability';
import { compareText } from '../compareText';
import { isAtLeastAsSevere } from '../severityRank';
import type { MergedFinding, ScannedFindings } from './mergeFindings';

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
  /** Whose rating the severity is, where the scanner says. */
  severitySource?: string;
  fixedVersion?: string;
  /** RFC 3339: when the scan was made. */
  scannedAt: string;
  /** Set when the scan was handed in (L9). */
  trust?: EvidenceTrust;
};

/**
 * Why a finding has its severity.
 *
 * @public
 */
export type SeverityReason = {
  /** Who gives it. */
  scanner: string;
  /** Whose rating that is, as the scanner names it: `debian`, `ghsa`, `nvd`; absent where it does not say. */
  severitySource?: string;
  /** Whether another source gives another severity. */
  differs: boolean;
};

/**
 * Why a finding has its severity: of those who give the worst one the first that says whose rating it is, and of these
 * one of our own before one that was handed in.
 *
 * @public
 */
export function severityReasonOf({
  severity,
  sources,
}: Pick<MergedFinding, 'severity' | 'sources'>): SeverityReason | undefined {
  const giving = sources.filter(each => each.severity === severity);
  const own = giving.filter(({ trust }) => trust === undefined);
  const [given] = [
    ...own.filter(each => each.severitySource),
    ...own,
    ...giving,
  ];
  return (
    given && {
      scanner: given.scanner,
      ...(given.severitySource && { severitySource: given.severitySource }),
      differs: giving.length < sources.length,
    }
  );
}

/** What a scan says of one of its findings. */
export function sourceOf(
  { scanner, scannedAt, trust }: ScannedFindings,
  { id, aliases, severity, severitySource, fixedVersion }: VulnerabilityFinding,
): FindingSource {
  return {
    scanner,
    id,
    ...(aliases && { aliases }),
    severity,
    ...(severitySource && { severitySource }),
    ...(fixedVersion && { fixedVersion }),
    scannedAt,
    ...(trust && { trust }),
  };
}

/** Each scanner, as far as it is trusted, with each of its ids once, at its worst. */
export function distinctSources(
  list: readonly FindingSource[],
): FindingSource[] {
  const sources = new Map<string, FindingSource>();
  for (const source of list) {
    const key = JSON.stringify([source.scanner, source.id, source.trust]);
    const known = sources.get(key);
    if (!known || !isAtLeastAsSevere(known.severity, source.severity)) {
      sources.set(key, source);
    }
  }
  return [...sources.values()].sort(
    (left, right) =>
      compareText(left.scanner, right.scanner) ||
      compareText(left.id, right.id) ||
      compareText(left.trust ?? '', right.trust ?? ''),
  );
}
