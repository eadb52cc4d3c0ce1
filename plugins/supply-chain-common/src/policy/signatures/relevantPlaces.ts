import { EvidenceOf } from '../../model/evidence';
import { ReasonCode } from '../../model/reasonCodes';
import { PlaceLook, SignaturePlace } from '../../model/signature';

/**
 * Where cosign keeps signatures. `.att` and `.sbom` tags hold attestations, which never make an image signed (L13).
 */
const SIGNATURE_PLACES: readonly SignaturePlace[] = [
  'referrers',
  'fallbackTag',
  'sigTag',
];

/** Signatures made the new way lie in one of the first two, depending on the registry; the old way in the last. */
const NEEDED_PLACES: readonly (readonly SignaturePlace[])[] = [
  ['referrers', 'fallbackTag'],
  ['sigTag'],
];

/**
 * Why it cannot be said that there is no acceptable signature: a relevant place was not read to its end (L5, L10).
 * `undefined` when all were.
 */
export function incompleteReason(
  evidence: EvidenceOf<'signature'>,
  allowViaIndex: boolean,
): ReasonCode | undefined {
  const { detail, subject } = evidence;
  const digest = subject.type === 'image' ? subject.digest : undefined;
  const relevant = (detail?.trail ?? []).filter(
    look =>
      SIGNATURE_PLACES.includes(look.place) &&
      (allowViaIndex || look.about === digest),
  );
  const incomplete = relevant.find(look => !look.complete);
  if (incomplete) {
    return incomplete.reason ?? 'notCollectedYet';
  }
  return NEEDED_PLACES.every(places => wasRead(relevant, places, digest))
    ? undefined
    : 'notCollectedYet';
}

function wasRead(
  looks: PlaceLook[],
  places: readonly SignaturePlace[],
  digest: string | undefined,
): boolean {
  return looks.some(
    look => places.includes(look.place) && look.about === digest,
  );
}
