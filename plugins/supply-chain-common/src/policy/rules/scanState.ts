import { MinimumTrust } from '../../model/evidenceTrust';
import { Remediation } from '../../model/finding';
import { MergedFinding } from '../../vulnerabilities/merge';
import { selectScans, ScanSelection } from '../../vulnerabilities/selectScans';
import { earliestInstant } from '../earliestInstant';
import { PolicyFacts, TrustRoot } from '../types';
import { RuleResult } from './rule';

const HOUR_MS = 60 * 60 * 1000;

/** The scans of an image with their age. */
export type ScanState = {
  selection: ScanSelection;
  isStale: boolean;
  /** RFC 3339: when a scan that is fresh now is stale, or no longer counts. */
  staleAt?: string;
};

/** The same with the findings that count; VEX sets the others aside. */
export type CountedScanState = ScanState & { excluded: MergedFinding[] };

/** Selects the scans of an image and tells whether they are older than allowed. */
export function scanStateOf(options: {
  facts: PolicyFacts;
  now: Date;
  maxAgeHours: number;
  /** Absent: scans that were handed in count where they are signed (L9). */
  minTrust?: MinimumTrust;
  /** Whose signed scans count; see `rootsOfPolicies`. */
  roots: readonly TrustRoot[];
}): ScanState {
  const { now, maxAgeHours } = options;
  const selection = selectScans(options);
  if (selection.scannedAt === undefined) {
    return { selection, isStale: false };
  }
  const staleAt = Date.parse(selection.scannedAt) + maxAgeHours * HOUR_MS;
  const isStale = now.getTime() >= staleAt;
  return {
    selection,
    isStale,
    ...(!isStale && {
      staleAt: earliestInstant([
        new Date(staleAt).toISOString(),
        ...selection.scans.map(({ trust, expiresAt }) =>
          trust === 'signed' ? expiresAt : undefined,
        ),
      ]),
    }),
  };
}

/**
 * Whether a scan speaks for what runs, in one word. `partial`: there is one, and it may be of something else, or lacks a
 * platform (L2).
 */
export function scanStatusOf({ selection, isStale }: ScanState) {
  switch (selection.state) {
    case 'matched':
      return isStale ? 'stale' : 'present';
    case 'incomplete':
    case 'partial':
      return isStale ? 'stale' : 'partial';
    case 'otherDigest':
      return 'otherDigest';
    case 'none':
      return 'absent';
    default:
      return 'unavailable';
  }
}

/** Whether what was found counts against the image, however much is missing. */
export function speaksOf(state: ScanSelection['state']): boolean {
  return state === 'matched' || state === 'incomplete' || state === 'partial';
}

/** What is missing to say anything about an image, or `undefined` when there is a scan of it. */
export function missingScan(
  facts: PolicyFacts,
  { selection }: ScanState,
): RuleResult | undefined {
  const { imageRef } = facts.image;
  const { state, reason } = selection;
  if (speaksOf(state)) {
    return undefined;
  }
  // L21: a source that is down is its own answer, whatever it reported earlier about other content.
  const isDown = facts.scanner?.status === 'unavailable';
  return {
    outcome: 'unknown',
    reason: isDown ? 'scannerUnavailable' : reason,
    message: `There is no scan of "${imageRef}" that could be used: ${
      isDown ? 'scannerUnavailable' : reason
    }.`,
    facts: {
      scan: state,
      ...(selection.scannedAt && { scannedAt: selection.scannedAt }),
    },
    remediation: scanRemediation(facts, 'scanImage'),
  };
}

/** Who gets an image scanned. */
export function scanRemediation(
  facts: PolicyFacts,
  action: 'scanImage' | 'rescanImage',
): Remediation {
  const { imageRef, digest } = facts.image;
  return {
    who: 'platformTeam',
    action,
    parameters: { imageRef, ...(digest && { digest }) },
  };
}
