import { Digest, ReasonCode } from 'backstage-plugin-supply-chain-common';
import { markIncomplete } from 'backstage-plugin-supply-chain-node/registry';
import { FoundLayer, ReadablePlace } from './discovery';
import { BUNDLE_MAX_BYTES, SIMPLE_SIGNING_MAX_BYTES } from './verify';
import type { Candidate } from './verify';

/** Candidates that are verified for one subject. */
export const CANDIDATES_MAX = 64;
/** Bytes of candidates that are read for one subject. */
const TOTAL_MAX_BYTES = 128 * 1024 * 1024;
/** Bounds how many candidates are held at once; the client bounds the requests. */
const WORKERS = 4;

/** Arguments of {@link fetchCandidates}. */
export type FetchCandidatesOptions = {
  places: ReadablePlace[];
  /** Manifests that were read, by digest. */
  artifacts: ReadonlyMap<Digest, Uint8Array>;
  /** Called in any order; the position is that of the layer among all that were found. */
  onCandidate: (
    candidate: Candidate,
    layer: FoundLayer,
    position: number,
  ) => Promise<void>;
};

/**
 * Fetches what was found, a few at a time, and hands each over at once. What cannot be fetched makes its place
 * incomplete (L10): it could be the signature that decides.
 */
export async function fetchCandidates(
  options: FetchCandidatesOptions,
): Promise<void> {
  const queue = options.places
    .flatMap(place => place.layers.map(layer => ({ place, layer })))
    .map((found, position) => ({ ...found, position }));
  let bytesLeft = TOTAL_MAX_BYTES;
  const admitted = queue.filter(({ place, layer, position }) => {
    bytesLeft -= layer.descriptor.size;
    const reason = refusalOf(position, bytesLeft);
    if (reason) {
      markIncomplete(place, { reason });
    }
    return reason === undefined;
  });
  const work = admitted.values();
  await Promise.all(
    Array.from({ length: WORKERS }, async () => {
      for (const found of work) {
        await fetchOne(options, found);
      }
    }),
  );
}

function refusalOf(
  position: number,
  bytesLeft: number,
): ReasonCode | undefined {
  if (position >= CANDIDATES_MAX) {
    return 'tooManyCandidates';
  }
  return bytesLeft < 0 ? 'tooLarge' : undefined;
}

async function fetchOne(
  options: FetchCandidatesOptions,
  found: { place: ReadablePlace; layer: FoundLayer; position: number },
): Promise<void> {
  const { place, layer, position } = found;
  const { artifacts, onCandidate } = options;
  const { registry, repository, options: callOptions } = place.access;
  const blob = await registry.getBlob(repository, layer.descriptor, {
    ...callOptions,
    maxBytes:
      layer.form === 'simpleSigning'
        ? SIMPLE_SIGNING_MAX_BYTES
        : BUNDLE_MAX_BYTES,
  });
  if (!blob.ok) {
    markIncomplete(place, blob);
    return;
  }
  const candidate = toCandidate(layer, blob.value, artifacts);
  await onCandidate(candidate, layer, position);
}

function toCandidate(
  layer: FoundLayer,
  bytes: Uint8Array,
  artifacts: ReadonlyMap<Digest, Uint8Array>,
): Candidate {
  const { form, annotations, about } = layer;
  switch (form) {
    case 'bundle':
      return { form, bytes, artifact: artifacts.get(about) };
    case 'simpleSigning':
      return { form, payload: bytes, annotations };
    case 'envelope':
      return { form, bytes, annotations };
    default:
      throw new TypeError(`unknown form "${form}"`);
  }
}
