import { RuleContext, RuleResult } from '../rule';
import {
  missingScan,
  ScanState,
  scanRemediation,
  scanStateOf,
} from '../scanState';
import { rootsOfPolicies } from '../../rootsOfPolicies';
import { subjectProblem } from '../subjectProblem';

/** `scan-fresh`: what runs was scanned within the time allowed (L2, L21). */
export function evaluateScanFresh(
  context: RuleContext<'scan-fresh'>,
): RuleResult {
  const { facts, now, parameters, policy, trustRoots } = context;
  const problem = subjectProblem(facts);
  if (problem) {
    return problem;
  }
  const roots = rootsOfPolicies([policy], trustRoots);
  const state = scanStateOf({ facts, now, roots, ...parameters });
  const missing = missingScan(facts, state);
  if (missing) {
    return missing;
  }
  return state.isStale ? stale(context, state) : fresh(context, state);
}

function fresh(
  { facts }: RuleContext<'scan-fresh'>,
  { selection, staleAt }: ScanState,
): RuleResult {
  const { imageRef } = facts.image;
  const found = {
    scannedAt: selection.scannedAt!,
    scanners: scannerNames(selection),
  };
  const isIncomplete = selection.state === 'incomplete';
  return selection.state === 'matched'
    ? {
        outcome: 'pass',
        message: `"${imageRef}" was scanned at ${selection.scannedAt}.`,
        facts: found,
        nextChangeAt: staleAt,
      }
    : {
        // L2: each platform needs a scan; what may be of something else is a warning.
        outcome: isIncomplete ? 'unknown' : 'warn',
        reason: selection.reason,
        message: isIncomplete
          ? `Not every platform that "${imageRef}" runs on is scanned.`
          : `The scan of "${imageRef}" at ${selection.scannedAt} may be of something else: ${selection.reason}.`,
        facts: found,
        remediation: scanRemediation(facts, 'scanImage'),
        nextChangeAt: staleAt,
      };
}

function stale(
  { facts, parameters }: RuleContext<'scan-fresh'>,
  { selection }: ScanState,
): RuleResult {
  const { imageRef } = facts.image;
  // L21: while the scanner cannot be read, a newer scan may exist.
  const isDown = facts.scanner?.status === 'unavailable';
  return {
    outcome: isDown ? 'unknown' : 'fail',
    reason: isDown ? 'scannerUnavailable' : 'scanStale',
    message: `The last scan of "${imageRef}" at ${selection.scannedAt} is older than ${parameters.maxAgeHours} hours.`,
    facts: {
      scannedAt: selection.scannedAt!,
      scanners: scannerNames(selection),
      maxAgeHours: parameters.maxAgeHours,
    },
    remediation: scanRemediation(facts, 'rescanImage'),
  };
}

function scannerNames({ scans }: ScanState['selection']): string {
  return [...new Set(scans.map(scan => scan.detail!.scanner.name))]
    .sort()
    .join(', ');
}
