import { SEVERITIES_WORST_FIRST } from '../model/vulnerability';
import type { VulnerabilitySummary } from '../schema/openapi';
import { JudgedImage } from './JudgedImage';

const SCANS_WORST_FIRST: readonly VulnerabilitySummary['status'][] = [
  'unavailable',
  'absent',
  'otherDigest',
  'stale',
  'present',
];

type Looked = Pick<VulnerabilitySummary, 'status' | 'reason'>;

function worstFirst(left: Looked, right: Looked): number {
  return (
    SCANS_WORST_FIRST.indexOf(left.status) -
    SCANS_WORST_FIRST.indexOf(right.status)
  );
}

/** What of a summary follows from how it was scanned. */
type ScanState = Pick<
  VulnerabilitySummary,
  'status' | 'reason' | 'scannedAt' | 'gap'
>;

/**
 * How several places or images were scanned: as badly as the worst of those there are counts of, with the others beside
 * them. Nothing that is known is hidden by what is not, and nothing is called whole that lacks a part (L8).
 */
export function combineScans(
  all: readonly [VulnerabilitySummary, ...VulnerabilitySummary[]],
): ScanState {
  const sorted = [...all].sort(worstFirst);
  const known = sorted.filter(({ counts }) => counts);
  const shown = known.length > 0 ? known : sorted;
  const missing = all
    .flatMap((each): Looked[] => (each.counts ? gapOf(each) : [each]))
    .sort(worstFirst);
  const [{ status, reason }] = shown;
  const [scannedAt] = shown.flatMap(each => each.scannedAt ?? []).sort();
  return {
    status,
    ...(scannedAt && { scannedAt }),
    ...(reason && { reason }),
    ...(known.length > 0 &&
      missing.length > 0 && {
        gap: {
          count: missing.length,
          total: all.length,
          status: missing[0].status,
          ...(missing[0].reason && { reason: missing[0].reason }),
        },
      }),
  };
}

function gapOf({ gap }: VulnerabilitySummary): Looked[] {
  return gap ? [gap] : [];
}

/**
 * The place whose figures stand for an image in all its places, so that a list of its findings can come from there too:
 * one that a scan speaks for, the worst before the others. What runs no longer counts where nothing runs.
 */
export function placeOfFigures(
  places: readonly JudgedImage[],
): JudgedImage | undefined {
  const running = places.filter(each => each.running);
  const [first] = (running.length > 0 ? running : [...places])
    .filter(({ vulnerabilities }) => vulnerabilities)
    .sort(byFigures);
  return first;
}

/** Its figures, and how all its places were scanned. */
export function scanOfPlaces(
  places: readonly JudgedImage[],
): VulnerabilitySummary | undefined {
  const shown = placeOfFigures(places)?.vulnerabilities;
  if (!shown) {
    return undefined;
  }
  const { status, reason, scannedAt, ...figures } = shown;
  const others = places
    .flatMap(({ vulnerabilities }) => vulnerabilities ?? [])
    .filter(each => each !== shown);
  return { ...figures, ...combineScans([shown, ...others]) };
}

function byFigures(left: JudgedImage, right: JudgedImage): number {
  const [one, other] = [left.vulnerabilities!, right.vulnerabilities!];
  const counted = (each: VulnerabilitySummary) => Number(Boolean(each.counts));
  const bySeverity = SEVERITIES_WORST_FIRST.map(
    severity => (other.counts?.[severity] ?? 0) - (one.counts?.[severity] ?? 0),
  ).find(difference => difference !== 0);
  return (
    counted(other) - counted(one) ||
    bySeverity ||
    right.fixableCritical - left.fixableCritical ||
    (other.fixable ?? 0) - (one.fixable ?? 0) ||
    worstFirst(one, other)
  );
}
