import {
  countSeverities,
  SEVERITIES_WORST_FIRST,
  VulnerabilityFinding,
} from '../../../model/vulnerability';
import { clockOf } from '../../../vulnerabilities/clockOf';
import { compareText } from '../../../vulnerabilities/compareText';
import { overdueFindings } from '../../../vulnerabilities/overdueFindings';
import { ImageVex } from '../../../vulnerabilities/vex';
import { earliestInstant } from '../../earliestInstant';
import {
  missingScan,
  ScanState,
  scanStateOf,
  scanStatusOf,
} from '../../rules/scanState';
import { subjectProblem } from '../../rules/subjectProblem';
import { rootsOfPolicies } from '../../rootsOfPolicies';
import { scanMaxAgeHours } from '../../scanMaxAgeHours';
import { scanMinTrust } from '../../scanMinTrust';
import { vexMinTrust } from '../../vexMinTrust';
import { VulnerabilityClock } from '../../types';
import { whyOf } from './contextFacts';
import { MAX_LIST_FACTS } from './factSchema';
import { DeriveFacts, FactContext, RootFacts, Unavailable } from './RootFacts';

const HOUR_MS = 60 * 60 * 1000;

/** What counts of the scans, by the trust that the rules of the policy about vulnerabilities ask of VEX. */
type CountedScans = ReturnType<ImageVex['split']> & { state: ScanState };

function countedOf(context: FactContext): CountedScans {
  const { facts, policy, trustRoots, now } = context;
  const roots = rootsOfPolicies([policy], trustRoots);
  const state = scanStateOf({
    facts,
    now,
    maxAgeHours: scanMaxAgeHours([policy]),
    minTrust: scanMinTrust([policy]),
    roots,
  });
  const minTrust = vexMinTrust([policy]);
  const vex = ImageVex.of({ facts, roots, minTrust, now });
  return { state, ...vex.split(state.selection.findings) };
}

/** `scan`: the scans that the rules about vulnerabilities use (L2, L8). */
export const scanFactsOf: DeriveFacts<'scan'> = context => {
  const { facts, now } = context;
  const problem = subjectProblem(facts);
  const { state, counted, excluded, nextChangeAt } = countedOf(context);
  const { selection, staleAt } = state;
  const unavailable = problem
    ? whyOf(problem)
    : unavailableScan(context, state);
  const overdue = overdueFindings({
    findings: counted,
    clocks: facts.vulnerabilityClocks,
    policies: [context.policy],
    now,
  });
  return {
    value: {
      status: problem ? 'unavailable' : scanStatusOf(state),
      ...(unavailable && { reason: unavailable.reason }),
      ...ageOf(selection.scannedAt, now),
      scanners: distinct(
        selection.scans.map(({ detail }) => detail!.scanner.name),
      ),
      total: counted.length,
      ...countSeverities(counted),
      fixable: countSeverities(counted.filter(each => each.fixedVersion)),
      overdue: countSeverities(overdue.overdue),
      notAffected: excluded.length,
      truncated: counted.length > MAX_LIST_FACTS,
    },
    ...(unavailable && { unavailable }),
    ...nextChange(
      staleAt,
      nextChangeAt,
      overdue.nextDueAt,
      nextHour(selection.scannedAt, now),
    ),
  };
};

function distinct(names: string[]): string[] {
  return [...new Set(names)].sort(compareText);
}

function ageOf(scannedAt: string | undefined, now: Date) {
  return scannedAt === undefined
    ? {}
    : { scannedAt, ageHours: ageHours(scannedAt, now) };
}

/** Rounded up, so that a scan never counts as younger than it is. */
function ageHours(scannedAt: string, now: Date): number {
  return Math.max(
    0,
    Math.ceil((now.getTime() - Date.parse(scannedAt)) / HOUR_MS),
  );
}

/** When the age in hours is another one. */
function nextHour(scannedAt: string | undefined, now: Date) {
  // A whole hour is reached, not yet passed: the age changes right after it.
  return scannedAt === undefined
    ? undefined
    : new Date(
        Date.parse(scannedAt) + ageHours(scannedAt, now) * HOUR_MS + 1,
      ).toISOString();
}

function nextChange(...instants: (string | undefined)[]) {
  const nextChangeAt = earliestInstant(instants);
  return nextChangeAt ? { nextChangeAt } : {};
}

function unavailableScan(
  { facts }: FactContext,
  state: ScanState,
): Unavailable | undefined {
  const missing = missingScan(facts, state);
  if (missing) {
    return whyOf(missing);
  }
  const { imageRef } = facts.image;
  const { selection, isStale } = state;
  if (isStale) {
    // L21: while the scanner cannot be read, a newer scan may exist.
    const isDown = facts.scanner?.status === 'unavailable';
    return {
      reason: isDown ? 'scannerUnavailable' : 'scanStale',
      message: `The last scan of "${imageRef}" at ${selection.scannedAt} is too old.`,
    };
  }
  return selection.state === 'matched'
    ? undefined
    : {
        reason: selection.reason!,
        message: `The scan of "${imageRef}" does not speak for all that runs: ${selection.reason}.`,
      };
}

/** `vulnerabilities`: as much of them as rules may see, worst first. */
export const vulnerabilityFactsOf: DeriveFacts<'vulnerabilities'> = context => {
  const { facts } = context;
  const problem = subjectProblem(facts);
  const { state, counted: findings, nextChangeAt } = countedOf(context);
  const clocks = new Map(
    facts.vulnerabilityClocks.map(clock => [clock.key, clock]),
  );
  const unavailable = problem
    ? whyOf(problem)
    : unavailableScan(context, state);
  return {
    value: [...findings]
      .sort(worstFirst)
      .slice(0, MAX_LIST_FACTS)
      .map(each => describe(each, clockOf(each, clocks))),
    ...((unavailable || findings.length > MAX_LIST_FACTS) && {
      unavailable: unavailable ?? {
        reason: 'factsTruncated',
        message: `"${facts.image.imageRef}" has ${findings.length} vulnerabilities, and rules see the worst ${MAX_LIST_FACTS} of them.`,
      },
    }),
    ...nextChange(state.staleAt, nextChangeAt),
  };
};

function worstFirst(
  left: VulnerabilityFinding,
  right: VulnerabilityFinding,
): number {
  return (
    SEVERITIES_WORST_FIRST.indexOf(left.severity) -
      SEVERITIES_WORST_FIRST.indexOf(right.severity) ||
    (right.score ?? 0) - (left.score ?? 0) ||
    compareText(left.id, right.id) ||
    compareText(left.packageName, right.packageName) ||
    compareText(left.path ?? '', right.path ?? '')
  );
}

function describe(
  finding: VulnerabilityFinding,
  clock: Omit<VulnerabilityClock, 'key'> | undefined,
): RootFacts<'vulnerabilities'>['value'][number] {
  const { publishedAt } = finding;
  return {
    id: finding.id,
    severity: finding.severity,
    score: finding.score,
    package: finding.packageName,
    purl: finding.purl || undefined,
    installed: finding.installedVersion,
    fixed: finding.fixedVersion || undefined,
    path: finding.path || undefined,
    publishedAt: isInstant(publishedAt) ? publishedAt : undefined,
    firstSeenAt: clock?.firstSeenAt,
    firstFixableAt: clock?.firstFixableAt,
  };
}

/** Scanners write dates that are none. */
function isInstant(text: string | undefined): text is string {
  return text !== undefined && !Number.isNaN(Date.parse(text));
}
