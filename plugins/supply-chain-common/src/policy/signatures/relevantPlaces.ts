import { EvidenceOf } from '../../model/evidence';
import { ReasonCode } from '../../model/reasonCodes';
import { SignaturePlace, SignatureScheme } from '../../model/signature';
import { TrustRoot } from '../types';
import { schemeOf } from './signatureSchemes';

type SchemePlaces = {
  /** Where a signature can lie. Tags and entries that hold attestations only never make an image signed (L13). */
  places: readonly SignaturePlace[];
  /** One of each group must have been looked at, or the look was not complete. */
  needed: readonly (readonly SignaturePlace[])[];
};

const REFERRERS: readonly SignaturePlace[] = ['referrers', 'fallbackTag'];

const PLACES: Record<SignatureScheme, SchemePlaces> = {
  // Made the new way they lie in one of the first two, depending on the registry; made the old way in the last.
  cosign: {
    places: [...REFERRERS, 'sigTag'],
    needed: [REFERRERS, ['sigTag']],
  },
  notation: { places: REFERRERS, needed: [REFERRERS] },
  contentTrust: { places: ['contentTrust'], needed: [['contentTrust']] },
};

/** What decides which places are relevant. */
export type Relevance = {
  allowViaIndex: boolean;
  /** The trust roots the policy names, by name. */
  roots: ReadonlyMap<string, TrustRoot>;
};

/**
 * Why it cannot be said that there is no acceptable signature: a relevant place was not read to its end (L5, L10).
 * `undefined` when all were.
 */
export function incompleteReason(
  evidence: EvidenceOf<'signature'>,
  { allowViaIndex, roots }: Relevance,
): ReasonCode | undefined {
  const { detail, subject } = evidence;
  const scheme = schemeOf(evidence);
  const { places, needed } = PLACES[scheme];
  const digest = subject.type === 'image' ? subject.digest : undefined;
  const relevant = (detail?.trail ?? []).filter(
    look =>
      places.includes(look.place) &&
      (allowViaIndex || look.about === digest) &&
      (look.trustRoot === undefined || roots.has(look.trustRoot)),
  );
  const incomplete = relevant.find(look => !look.complete);
  if (incomplete) {
    return incomplete.reason ?? 'notCollectedYet';
  }
  const own = relevant.filter(look => look.about === digest);
  const wasRead =
    needed.every(each => own.some(look => each.includes(look.place))) &&
    serversOf(scheme, roots).every(name =>
      own.some(look => look.trustRoot === name),
    );
  return wasRead ? undefined : 'notCollectedYet';
}

/** Each root of content trust has a server of its own, and each was to be asked. */
function serversOf(
  scheme: SignatureScheme,
  roots: Relevance['roots'],
): string[] {
  return scheme === 'contentTrust'
    ? [...roots.values()].flatMap(({ name, spec }) =>
        spec.type === 'contentTrust' ? [name] : [],
      )
    : [];
}
