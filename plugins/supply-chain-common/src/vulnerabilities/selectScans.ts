import { EvidenceOf } from '../model/evidence';
import { ReasonCode } from '../model/reasonCodes';
import { PolicyFacts } from '../policy/types';
import { compareText } from './compareText';
import { MergedFinding, mergeFindings } from './merge';
import { platformsOf, relateScan, ScanRelation } from './relateScan';

/** How far the clocks of a cluster and of this product may differ before a scan counts as made up. */
const CLOCK_TOLERANCE_MS = 5 * 60 * 1000;

/**
 * The scans that speak for a running image.
 *
 * @public
 */
export type ScanSelection = {
  /**
   * - `matched`: every platform it runs on is scanned.
   * - `partial`: there are scans, and none is of exactly what runs; `reason` says why (L2).
   * - `otherDigest`: only scans of other content in the same container.
   * - `unreadable`: reports that cannot be read.
   * - `unavailable`: the scanner cannot be read, and nothing was read before.
   * - `none`: nothing has scanned it.
   */
  state:
    | 'matched'
    | 'partial'
    | 'otherDigest'
    | 'unreadable'
    | 'unavailable'
    | 'none';
  /** Set unless `matched`. */
  reason?: ReasonCode;
  /** The newest scan per platform and scanner; empty for `unreadable`, `unavailable` and `none`. */
  scans: EvidenceOf<'vulnerabilities'>[];
  /** RFC 3339: when the oldest of `scans` was made. */
  scannedAt?: string;
  /** Findings of `scans`, each once; empty for `otherDigest`. */
  findings: MergedFinding[];
};

type Candidate = {
  scan: EvidenceOf<'vulnerabilities'>;
  relation: ScanRelation;
  scannedAt: number;
};

/** What was selected last of some facts: every rule about vulnerabilities asks the same at the same instant. */
const selected = new WeakMap<
  PolicyFacts,
  { instant: number; selection: ScanSelection }
>();

/**
 * Chooses among the scans of `facts` those that speak for the image, the same ones whatever their order (L2, L8, L20).
 * Facts do not change once somebody asked about them.
 *
 * @public
 */
export function selectScans(options: {
  facts: PolicyFacts;
  now: Date;
}): ScanSelection {
  const { facts, now } = options;
  const known = selected.get(facts);
  if (known?.instant === now.getTime()) {
    return known.selection;
  }
  const selection = select(facts, now);
  selected.set(facts, { instant: now.getTime(), selection });
  return selection;
}

function select(facts: PolicyFacts, now: Date): ScanSelection {
  const candidates = facts.scans
    .filter(scan => scan.status === 'present' && scan.detail !== undefined)
    .map(scan => ({
      scan,
      relation: relateScan(facts, scan),
      scannedAt: Date.parse(scan.detail!.scannedAt),
    }))
    // A date that is none, or in the future, would keep a scan fresh for ever.
    .filter(({ scannedAt }) => scannedAt <= now.getTime() + CLOCK_TOLERANCE_MS)
    .sort(newestFirst);
  return (
    selectMatched(facts, candidates) ??
    selectNewest(candidates, 'platformUnknown') ??
    selectNewest(candidates, 'referenceOnly') ??
    selectNewest(candidates, 'otherDigest') ??
    selectNothing(facts)
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

function selectMatched(
  facts: PolicyFacts,
  candidates: Candidate[],
): ScanSelection | undefined {
  const running = platformsOf(facts);
  const chosen = new Map<string, Candidate>();
  const scanned = new Set<string>();
  for (const candidate of candidates) {
    if (candidate.relation.kind === 'matched') {
      const { platforms } = candidate.relation;
      platforms.forEach(each => scanned.add(each));
      const key = JSON.stringify([platforms, scannerOf(candidate)]);
      chosen.set(key, chosen.get(key) ?? candidate);
    }
  }
  if (chosen.size === 0) {
    return undefined;
  }
  const scans = [...chosen.values()];
  // L2: an index that runs on two platforms needs a scan for each.
  return running.every(each => scanned.has(each))
    ? { state: 'matched', ...contentOf(scans) }
    : { state: 'partial', reason: 'scanPlatformUnknown', ...contentOf(scans) };
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
  const newest = candidates.find(({ relation }) => relation.kind === kind);
  if (!newest) {
    return undefined;
  }
  const content = contentOf([newest]);
  return {
    ...REASONS[kind],
    ...content,
    findings: kind === 'otherDigest' ? [] : content.findings,
  };
}

function selectNothing(facts: PolicyFacts): ScanSelection {
  const nothing = { scans: [], findings: [] };
  const unreadable = facts.scans.find(
    ({ status }) => status === 'invalid' || status === 'present',
  );
  if (unreadable) {
    const reason = unreadable.reason ?? 'malformedReport';
    return { state: 'unreadable', reason, ...nothing };
  }
  const failed = facts.scans.find(({ status }) => status === 'unavailable');
  if (failed || facts.scanner?.status === 'unavailable') {
    const reason = failed?.reason ?? 'scannerUnavailable';
    return { state: 'unavailable', reason, ...nothing };
  }
  return { state: 'none', reason: 'notScanned', ...nothing };
}

function contentOf(
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
        scannedAt: scan.detail!.scannedAt,
        findings: scan.detail!.findings,
      })),
    ),
  };
}
