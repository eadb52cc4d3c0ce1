import { EvidenceOf } from '../../model/evidence';
import { ReasonCode } from '../../model/reasonCodes';
import { SignaturePlace } from '../../model/signature';

const REFERRERS: readonly SignaturePlace[] = ['referrers', 'fallbackTag'];
/** Where provenance can lie. What stands elsewhere changes nothing (L10). */
const PLACES: readonly SignaturePlace[] = [
  ...REFERRERS,
  'attTag',
  'indexEntry',
];
/** One of each group must have been looked at, or the look was not complete. */
const NEEDED: readonly (readonly SignaturePlace[])[] = [REFERRERS, ['attTag']];

/** Why it cannot be said that there is no good provenance: a place was not read to its end (L5, L10). */
export function unreadPlace(
  evidence: EvidenceOf<'provenance'>,
): ReasonCode | undefined {
  const { status, reason, detail } = evidence;
  if (status === 'unavailable') {
    return reason ?? 'notCollectedYet';
  }
  // Evidence that is invalid as a whole carries no trail: what was read is what is wrong.
  if (!detail) {
    return status === 'invalid' ? undefined : 'notCollectedYet';
  }
  const looks = detail.trail.filter(({ place }) => PLACES.includes(place));
  const incomplete = looks.find(({ complete }) => !complete);
  if (incomplete) {
    return incomplete.reason ?? 'notCollectedYet';
  }
  return NEEDED.every(group => looks.some(({ place }) => group.includes(place)))
    ? undefined
    : 'notCollectedYet';
}
