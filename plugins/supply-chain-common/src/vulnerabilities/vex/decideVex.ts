import { CLOCK_TOLERANCE_MS } from '../../model/clockTolerance';
import { compareTrust, EvidenceTrust } from '../../model/evidenceTrust';
import { ReasonCode } from '../../model/reasonCodes';
import { VexStatement } from '../../model/vex';
import { compareText } from '../compareText';
import { definedOnly } from '../definedOnly';
import type { VexJudgement } from './ImageVex';
import { VexClaim } from './vexClaimsOf';

/**
 * What one VEX statement says of a finding, and what came of it. All texts are hostile (L32).
 *
 * @public
 */
export type VexOpinion = Pick<
  VexStatement,
  'status' | 'justification' | 'impact' | 'action' | 'notes' | 'statedAt'
> & {
  /** `@id` of the document. */
  document?: string;
  /** Who wrote it, as the document says; nobody vouches for that. */
  author?: string;
  /** How far it is known who stands behind it (L9). */
  trust?: EvidenceTrust;
  /** Who signed it or handed it in. */
  by?: string;
  /** Whether it takes the finding out of what counts. */
  counts: boolean;
  /** Why it does not, where it says that the vulnerability does not matter. */
  reason?: ReasonCode;
};

/**
 * Decides between the statements about one finding. Of those a rule trusts enough, those of the greatest trust speak, and
 * of these the newest; of several from one instant the worse one counts. Whoever says later that the image is affected,
 * or that this is not known, is heard whatever their trust: what was handed in may add a fail (L9).
 */
export function decideVex(
  claims: readonly VexClaim[],
  options: { minTrust: EvidenceTrust; now: Date },
): VexJudgement {
  const { minTrust, now } = options;
  const current = claims.filter(
    each => !each.isReplaced && hasBegun(each, now),
  );
  const deciding = decidingOf(current, minTrust);
  const isExcluded =
    deciding.length > 0 &&
    deciding.every(clears) &&
    !current.some(each => !clears(each) && timeOf(each) > timeOf(deciding[0]));
  const reasonOf = (claim: VexClaim): ReasonCode | undefined => {
    if (!clears(claim)) {
      return undefined;
    }
    if (!hasBegun(claim, now)) {
      return 'vexNotYet';
    }
    if (compareTrust(claim.evidence.trust, minTrust) < 0) {
      return 'vexNotTrusted';
    }
    return claim.isReplaced || (isExcluded && !deciding.includes(claim))
      ? 'vexSuperseded'
      : 'vexContradicted';
  };
  return {
    isExcluded,
    opinions: [...claims].sort(newestFirst).map(claim => {
      const counts = isExcluded && deciding.includes(claim);
      const reason = counts ? undefined : reasonOf(claim);
      return { ...opinionOf(claim), counts, ...(reason && { reason }) };
    }),
  };
}

function hasBegun(claim: VexClaim, now: Date): boolean {
  // A date in the future would keep a statement the newest for ever.
  return timeOf(claim) <= now.getTime() + CLOCK_TOLERANCE_MS;
}

/** Those of the greatest trust that suffices, and of these the newest. */
function decidingOf(
  claims: readonly VexClaim[],
  minTrust: EvidenceTrust,
): VexClaim[] {
  const trusted = claims.filter(
    ({ evidence }) => compareTrust(evidence.trust, minTrust) >= 0,
  );
  const [first] = [...trusted].sort(mostTrustedFirst);
  return first
    ? trusted.filter(each => mostTrustedFirst(each, first) === 0)
    : [];
}

function mostTrustedFirst(left: VexClaim, right: VexClaim): number {
  return (
    compareTrust(right.evidence.trust, left.evidence.trust) ||
    timeOf(right) - timeOf(left)
  );
}

function newestFirst(left: VexClaim, right: VexClaim): number {
  return (
    timeOf(right) - timeOf(left) ||
    compareTrust(right.evidence.trust, left.evidence.trust) ||
    compareText(JSON.stringify(left), JSON.stringify(right))
  );
}

function timeOf({ statement }: VexClaim): number {
  return Date.parse(statement.statedAt);
}

/** Whether it says that the vulnerability does not matter. */
function clears({ statement: { status } }: VexClaim): boolean {
  return status === 'notAffected' || status === 'fixed';
}

function opinionOf({
  statement,
  evidence,
}: VexClaim): Omit<VexOpinion, 'counts' | 'reason'> {
  const { status, justification, impact, action, notes, statedAt } = statement;
  const { trust, uploadedBy, detail } = evidence;
  return {
    status,
    statedAt,
    ...definedOnly({
      justification,
      impact,
      action,
      notes,
      document: detail!.id,
      author: detail!.author,
      trust,
      by: uploadedBy,
    }),
  };
}
