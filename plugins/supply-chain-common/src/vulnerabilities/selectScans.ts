import { EvidenceOf } from '../model/evidence';
import { MinimumTrust, satisfiesTrust } from '../model/evidenceTrust';
import { PolicyFacts, TrustRoot } from '../policy/types';
import { compareText } from './compareText';
import { signedScansOf } from './signedScansOf';
import { withClaims } from './merge/withClaims';
import {
  Candidate,
  candidatesOf,
  contentOf,
  newestOfEach,
  originOf,
  ScanSelection,
  selectAmong,
  selectMatched,
} from './selectAmong';

export type { ScanClaims, ScanSelection } from './selectAmong';

/** What was selected last of some facts: every rule about vulnerabilities asks the same at the same instant. */
const selected = new WeakMap<
  PolicyFacts,
  { key: string; selection: ScanSelection }
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
  /** From which trust on a scan that was handed in counts; absent: signed ones do (L9). */
  minTrust?: MinimumTrust;
  /** Whose signed scans count; those of others count for nothing. */
  roots: readonly TrustRoot[];
}): ScanSelection {
  const { facts, now, minTrust, roots } = options;
  const key = JSON.stringify([
    now.getTime(),
    minTrust,
    roots.map(({ digest }) => digest),
  ]);
  const known = selected.get(facts);
  if (known?.key === key) {
    return known.selection;
  }
  const selection = select(options);
  selected.set(facts, { key, selection });
  return selection;
}

function select(options: {
  facts: PolicyFacts;
  now: Date;
  minTrust?: MinimumTrust;
  roots: readonly TrustRoot[];
}): ScanSelection {
  const { facts, now, minTrust } = options;
  const scans = [...facts.scans, ...signedScansOf(options)];
  const isOwn = ({ trust }: EvidenceOf<'vulnerabilities'>) =>
    trust === undefined ||
    (trust === 'file' && satisfiesTrust(trust, minTrust));
  const own = scans.filter(isOwn);
  const ofOwn = candidatesOf(facts, own, now);
  const selection = selectAmong(facts, own, ofOwn);
  if (own.length === scans.length) {
    return selection;
  }
  const others = scans.filter(scan => !isOwn(scan));
  const claimed = candidatesOf(facts, others, now).filter(
    ({ relation }) => relation.kind === 'matched',
  );
  return claimed.length === 0
    ? selection
    : withHandedIn({ facts, selection, ofOwn, claimed, minTrust });
}

/**
 * L9: what was handed in adds what it found, stands in for a scan of our own only where it is trusted, and takes the
 * place of none.
 */
function withHandedIn(options: {
  facts: PolicyFacts;
  selection: ScanSelection;
  ofOwn: Candidate[];
  claimed: Candidate[];
  minTrust?: MinimumTrust;
}): ScanSelection {
  const { facts, selection, ofOwn, claimed, minTrust } = options;
  const { scannedAt, findings } = contentOf(newestOfEach(claimed));
  const trusted = claimed.filter(({ scan }) =>
    satisfiesTrust(scan.trust, minTrust),
  );
  const [best] = [
    selection,
    ...[...groupsOf(trusted), [...ofOwn, ...trusted]].flatMap(
      group => selectMatched(facts, group) ?? [],
    ),
  ].sort(bestFirst);
  return {
    ...best,
    findings: withClaims(selection.findings, findings),
    claims: { scannedAt: scannedAt!, findings },
  };
}

/** Each scanner of each who handed in is as old as it is, and makes no other one older. */
function groupsOf(candidates: Candidate[]): Candidate[][] {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const key = originOf(candidate);
    groups.set(key, [...(groups.get(key) ?? []), candidate]);
  }
  return [...groups.values()];
}

const STATES_BEST_FIRST = ['matched', 'incomplete', 'partial'];

function bestFirst(left: ScanSelection, right: ScanSelection): number {
  return (
    rankOf(left) - rankOf(right) ||
    compareText(right.scannedAt ?? '', left.scannedAt ?? '')
  );
}

function rankOf({ state }: ScanSelection): number {
  const rank = STATES_BEST_FIRST.indexOf(state);
  return rank < 0 ? STATES_BEST_FIRST.length : rank;
}
