import { markIncomplete } from 'backstage-plugin-supply-chain-node/registry';
import { FoundEnvelope, LookTarget, PlaceContent } from './discovery';
import { ENVELOPE_MAX_BYTES } from './verify';

/** Envelopes that are verified for one subject (CVE-2023-33957: a registry may list any number). */
export const ENVELOPES_MAX = 64;
/** Bounds how many envelopes are held at once; the client bounds the requests. */
const WORKERS = 4;

/** Arguments of {@link fetchEnvelopes}. */
export type FetchEnvelopesOptions = {
  places: PlaceContent[];
  target: Omit<LookTarget, 'about'>;
  /** Called in any order; the position is that of the envelope among all that were found. */
  onEnvelope: (
    bytes: Uint8Array,
    found: FoundEnvelope,
    position: number,
  ) => void;
};

/**
 * Fetches what was found, a few at a time, and hands each over at once. What cannot be fetched makes its place
 * incomplete (L10): it could be the signature that decides.
 */
export async function fetchEnvelopes(
  options: FetchEnvelopesOptions,
): Promise<void> {
  const queue = options.places
    .flatMap(place => place.envelopes.map(found => ({ place, found })))
    .map((each, position) => ({ ...each, position }));
  queue
    .slice(ENVELOPES_MAX)
    .forEach(({ place }) =>
      markIncomplete(place, { reason: 'tooManyCandidates' }),
    );
  const work = queue.slice(0, ENVELOPES_MAX).values();
  await Promise.all(
    Array.from({ length: WORKERS }, async () => {
      for (const each of work) {
        await fetchOne(options, each);
      }
    }),
  );
}

async function fetchOne(
  { target, onEnvelope }: FetchEnvelopesOptions,
  each: { place: PlaceContent; found: FoundEnvelope; position: number },
): Promise<void> {
  const { place, found, position } = each;
  const blob = await target.registry.getBlob(
    target.repository,
    found.descriptor,
    { ...target.options, maxBytes: ENVELOPE_MAX_BYTES },
  );
  if (blob.ok) {
    onEnvelope(blob.value, found, position);
  } else {
    markIncomplete(place, blob);
  }
}
