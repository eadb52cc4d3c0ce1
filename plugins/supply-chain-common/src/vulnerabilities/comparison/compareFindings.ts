import {
  countSeverities,
  Severity,
  SeverityCounts,
} from '../../model/vulnerability';
import { ReasonCode } from '../../model/reasonCodes';
import { JudgedFinding } from '../vex';
import { pairFindings } from './pairFindings';

/**
 * What became of a vulnerability from one image to another.
 *
 * - `new`, `fixed`: only the later, only the earlier image has it.
 * - `changed`: both have it, with another severity or another fix, or VEX sets it aside in one of them.
 * - `mayBeNew`, `mayBeFixed`: only one of them is known to have it, and nobody has looked well enough at the other (L8).
 *
 * @public
 */
export type FindingChange =
  | 'new'
  | 'fixed'
  | 'changed'
  | 'unchanged'
  | 'mayBeNew'
  | 'mayBeFixed';

/**
 * Every change, in the order they are shown in.
 *
 * @public
 */
export const FINDING_CHANGES: readonly FindingChange[] = [
  'new',
  'mayBeNew',
  'changed',
  'fixed',
  'mayBeFixed',
  'unchanged',
];

/**
 * What scans say of one of two images.
 *
 * @public
 */
export type ComparedScans = {
  findings: readonly JudgedFinding[];
  /** Why what is not found may be there all the same; absent: everything that runs was scanned lately. */
  incomplete?: ReasonCode;
  /** Names of the scanners that looked at everything that runs. */
  scanners: readonly string[];
};

/**
 * One vulnerability in one package of two images, or of one of them.
 *
 * @public
 */
export type ComparedFinding = {
  change: FindingChange;
  /** Set for `mayBeNew` and `mayBeFixed`: why it cannot be told. */
  reason?: ReasonCode;
  /** In the earlier image. */
  before?: JudgedFinding;
  /** In the later image. */
  after?: JudgedFinding;
};

/**
 * Compares what scans found in two images. A vulnerability is the same in both by its alias group over both images,
 * the package without its version, and the path without the version of the package: an update that does not fix it
 * makes it no other one.
 *
 * What one image lacks is `fixed` or `new` only where it was scanned lately, as a whole, and by everybody who found it
 * in the other one.
 *
 * @param before - The earlier image.
 * @param after - The later image.
 * @public
 */
export function compareFindings(
  before: ComparedScans,
  after: ComparedScans,
): ComparedFinding[] {
  return pairFindings(before.findings, after.findings).map(([left, right]) => {
    if (left && right) {
      const change = isChanged(left, right) ? 'changed' : 'unchanged';
      return { change, before: left, after: right };
    }
    return left
      ? { ...missing(left, after, 'fixed'), before: left }
      : { ...missing(right!, before, 'new'), after: right };
  });
}

const UNSURE = { new: 'mayBeNew', fixed: 'mayBeFixed' } as const;

/** Whether a finding that one image lacks is known not to be there (L8). */
function missing(
  found: JudgedFinding,
  { incomplete, scanners }: ComparedScans,
  change: 'new' | 'fixed',
): Pick<ComparedFinding, 'change' | 'reason'> {
  const looked = found.sources.every(({ scanner }) =>
    scanners.includes(scanner),
  );
  const reason = incomplete ?? (looked ? undefined : 'scannedByOthers');
  return reason ? { change: UNSURE[change], reason } : { change };
}

function isChanged(before: JudgedFinding, after: JudgedFinding): boolean {
  return (
    before.severity !== after.severity ||
    fixTextOf(before) !== fixTextOf(after) ||
    before.notAffected !== after.notAffected
  );
}

/** A version says more than a state, which some scanners leave out beside it. */
function fixTextOf({ fixedVersion, fixState = 'unknown' }: JudgedFinding) {
  return fixedVersion ? `in ${fixedVersion}` : fixState;
}

/**
 * The finding as it is now, or was where it is no more: what lists and counts go by.
 *
 * @public
 */
export function shownFinding({
  before,
  after,
}: ComparedFinding): JudgedFinding {
  return (after ?? before)!;
}

/**
 * Whether VEX sets it aside as it is now, or was where it is no more.
 *
 * @public
 */
export function isSetAside(finding: ComparedFinding): boolean {
  return shownFinding(finding).notAffected ?? false;
}

/**
 * Findings by change and severity.
 *
 * @public
 */
export type ComparisonCounts = Record<FindingChange, SeverityCounts>;

/**
 * Counts compared findings; each stands in one change and one severity, but for those that VEX sets aside.
 *
 * @public
 */
export function countChanges(
  findings: readonly ComparedFinding[],
): ComparisonCounts {
  const severities: Record<FindingChange, { severity: Severity }[]> = {
    new: [],
    fixed: [],
    changed: [],
    unchanged: [],
    mayBeNew: [],
    mayBeFixed: [],
  };
  for (const finding of findings.filter(each => !isSetAside(each))) {
    severities[finding.change].push(shownFinding(finding));
  }
  return {
    new: countSeverities(severities.new),
    fixed: countSeverities(severities.fixed),
    changed: countSeverities(severities.changed),
    unchanged: countSeverities(severities.unchanged),
    mayBeNew: countSeverities(severities.mayBeNew),
    mayBeFixed: countSeverities(severities.mayBeFixed),
  };
}
