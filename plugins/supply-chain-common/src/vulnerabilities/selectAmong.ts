import { CLOCK_TOLERANCE_MS } from '../model/clockTolerance';
import { EvidenceOf } from '../model/evidence';
import { ReasonCode } from '../model/reasonCodes';
import { PolicyFacts } from '../policy/types';
import { compareText } from './compareText';
import { MergedFinding, mergeFindings } from './merge';
import { platformsOf, relateScan, ScanRelation } from './relateScan';

/**
 * The scans that speak for a running image.
 *
 * @public
 */
export type ScanSelection = {
  /**
   * - `matched`: every platform it runs on is scanned.
   * - `incomplete`: scans of exactly what runs, and none for one of its platforms (L2).
   * - `partial`: there are scans, and none is of exactly what runs; `reason` says why (L2).
   * - `otherDigest`: only scans of other content in the same container.
   * - `unreadable`: reports that cannot be read.
   * - `unavailable`: the scanner cannot be read, and nothing was read before.
   * - `none`: nothing has scanned it.
   */
  state:
    | 'matched'
    | 'incomplete'
    | 'partial'
    | 'otherDigest'
    | 'unreadable'
    | 'unavailable'
    | 'none';
  /** Set unless `matched`. */
  reason?: ReasonCode;
  /** Those `state` and `scannedAt` speak of: the newest per platform and scanner; empty for `unreadable`, `unavailable` and `none`. */
  scans: EvidenceOf<'vulnerabilities'>[];
  /** RFC 3339: when the oldest of `scans` was made. */
  scannedAt?: string;
  /** Everything any scan found in what runs, each once; of other content nothing. */
  findings: MergedFinding[];
  /** What scans that were handed in found in exactly what runs: it counts against the image whatever their trust (L9). */
  claims?: ScanClaims;
};

/**
 * What was handed in about exactly what runs.
 *
 * @public
 */
export type ScanClaims = {
  /** RFC 3339: when the oldest of the scans was made. */
  scannedAt: string;
  findings: MergedFinding[];
};

/** A scan that may speak for an image. */
export type Candidate = {
  scan: EvidenceOf<'vulnerabilities'>;
  relation: ScanRelation;
  scannedAt: number;
};

/** The scans that can be used, newest first. */
export function candidatesOf(
  facts: PolicyFacts,
  scans: EvidenceOf<'vulnerabilities'>[],
  now: Date,
): Candidate[] {
  return (
    scans
      .filter(scan => scan.status === 'present' && scan.detail !== undefined)
      .map(scan => ({
        scan,
        relation: relateScan(facts, scan),
        scannedAt: Date.parse(scan.detail!.scannedAt),
      }))
      // A date that is none, or in the future, would keep a scan fresh for ever.
      .filter(
        ({ scannedAt }) => scannedAt <= now.getTime() + CLOCK_TOLERANCE_MS,
      )
      .sort(newestFirst)
  );
}

/** Who stands behind a scan: the scanner, and who handed it in. */
export function originOf({ scan }: Candidate): string {
  const { detail, trust, uploadedBy } = scan;
  return JSON.stringify([detail!.scanner.name, trust, uploadedBy]);
}

/** Chooses among candidates, those of exactly what runs first (L2). */
export function selectAmong(
  facts: PolicyFacts,
  scans: EvidenceOf<'vulnerabilities'>[],
  candidates: Candidate[],
): ScanSelection {
  return (
    selectMatched(facts, candidates) ??
    selectNewest(candidates, 'platformUnknown') ??
    selectNewest(candidates, 'referenceOnly') ??
    selectNewest(candidates, 'otherDigest') ??
    selectNothing(facts, scans)
  );
}

function newestFirst(left: Candidate, right: Candidate): number {
  return (
    right.scannedAt - left.scannedAt ||
    compareText(scannerOf(left), scannerOf(right)) ||
    compareText(JSON.stringify(left.scan), JSON.stringify(right.scan))
  );
}

function scannerOf({ scan }: Candidate): string {
  return scan.detail!.scanner.name;
}

/** The candidates that are of exactly what runs; `undefined` when none is. */
export function selectMatched(
  facts: PolicyFacts,
  candidates: Candidate[],
): ScanSelection | undefined {
  const matched = candidates.filter(
    ({ relation }) => relation.kind === 'matched',
  );
  if (matched.length === 0) {
    return undefined;
  }
  const scanned = new Set(matched.flatMap(platformsScanned));
  const content = contentOf(newestOfEach(matched));
  // L2: an index that runs on two platforms needs a scan for each.
  return platformsOf(facts).every(each => scanned.has(each))
    ? { state: 'matched', ...content }
    : { state: 'incomplete', reason: 'platformNotScanned', ...content };
}

function platformsScanned({ relation }: Candidate): string[] {
  return relation.kind === 'matched' ? relation.platforms : [];
}

/** The newest of each platform and scanner; those of others who handed in stay beside it. */
export function newestOfEach(candidates: Candidate[]): Candidate[] {
  const chosen = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const key = JSON.stringify([
      platformsScanned(candidate),
      originOf(candidate),
    ]);
    chosen.set(key, chosen.get(key) ?? candidate);
  }
  return [...chosen.values()];
}

const REASONS = {
  platformUnknown: { state: 'partial', reason: 'scanPlatformUnknown' },
  referenceOnly: { state: 'partial', reason: 'scanReferenceOnly' },
  otherDigest: { state: 'otherDigest', reason: 'scanOtherDigest' },
} as const;

function selectNewest(
  candidates: Candidate[],
  kind: keyof typeof REASONS,
): ScanSelection | undefined {
  const related = candidates.filter(({ relation }) => relation.kind === kind);
  if (related.length === 0) {
    return undefined;
  }
  const content = contentOf(newestOfEach(related));
  return {
    ...REASONS[kind],
    ...content,
    findings: kind === 'otherDigest' ? [] : content.findings,
  };
}

function selectNothing(
  facts: PolicyFacts,
  scans: EvidenceOf<'vulnerabilities'>[],
): ScanSelection {
  const nothing = { scans: [], findings: [] };
  const unreadable = scans.find(
    ({ status }) => status === 'invalid' || status === 'present',
  );
  if (unreadable) {
    const reason = unreadable.reason ?? 'malformedReport';
    return { state: 'unreadable', reason, ...nothing };
  }
  const failed = scans.find(({ status }) => status === 'unavailable');
  if (failed || facts.scanner?.status === 'unavailable') {
    const reason = failed?.reason ?? 'scannerUnavailable';
    return { state: 'unavailable', reason, ...nothing };
  }
  return { state: 'none', reason: 'notScanned', ...nothing };
}

/** What some candidates hold together. */
export function contentOf(
  candidates: Candidate[],
): Pick<ScanSelection, 'scans' | 'scannedAt' | 'findings'> {
  const oldest = candidates.reduce((left, right) =>
    right.scannedAt < left.scannedAt ? right : left,
  );
  return {
    scans: candidates.map(({ scan }) => scan),
    scannedAt: oldest.scan.detail!.scannedAt,
    findings: mergeFindings(
      candidates.map(({ scan }) => ({
        scanner: scan.detail!.scanner.name,
        trust: scan.trust,
        scannedAt: scan.detail!.scannedAt,
        findings: scan.detail!.findings,
      })),
    ),
  };
}
