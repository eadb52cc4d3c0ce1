import {
  Digest,
  PlaceLook,
  ProvenanceStatement,
  ReasonCode,
} from 'backstage-plugin-supply-chain-common';
import {
  parseDescriptor,
  RegistryDescriptor,
  RegistryManifest,
} from 'backstage-plugin-supply-chain-node/registry';
import { BUNDLE_MAX_BYTES, readClaim } from '../verify';
import { LAYERS_MAX } from './pickLayers';
import { LookTarget, placeLook } from './place';

// https://github.com/moby/buildkit/blob/v0.20.0/docs/attestations/attestation-storage.md
const REFERENCE_TYPE = 'vnd.docker.reference.type';
const REFERENCE_DIGEST = 'vnd.docker.reference.digest';
const ATTESTATION_MANIFEST = 'attestation-manifest';
const STATEMENT = 'application/vnd.in-toto+json';
const PREDICATE_TYPE = 'in-toto.io/predicate-type';

/** What `readPredicate` reads; a bare statement of another type is listed without fetching it: SBOMs are large. */
const READ_PREDICATES = 'https://slsa.dev/';

/** Attestation manifests of one index: one for each platform. */
const INDEX_ENTRIES_MAX = 64;
/** Bytes of bare statements that are read from one index. */
const TOTAL_MAX_BYTES = 32 * 1024 * 1024;

/** Bare statements of an index, and the look that found them. */
export type IndexClaims = {
  look: PlaceLook;
  statements: ProvenanceStatement[];
};

type Entry = {
  manifest: RegistryDescriptor;
  /** The platform manifest it is about. */
  describes: Digest;
};

type Layer = Entry & { descriptor: RegistryDescriptor };

/**
 * Reads the statements BuildKit puts into an index, beside the platforms they are about. Nobody signed them: they are
 * claims, as good as the index they stand in at most.
 *
 * @param target - `about` is the digest of the index.
 * @param index - The index itself.
 * @param wanted - The one platform that matters, or `undefined` for all of them.
 */
export async function readIndexClaims(
  target: LookTarget,
  index: RegistryManifest,
  wanted?: Digest,
): Promise<IndexClaims> {
  const entries = attestationEntries(index, wanted);
  const read = await Promise.all(
    entries
      .slice(0, INDEX_ENTRIES_MAX)
      .map(entry => readEntry(target, entry, TOTAL_MAX_BYTES / entries.length)),
  );
  const statements = read.flatMap(each => each.statements);
  const reason =
    entries.length > INDEX_ENTRIES_MAX
      ? 'tooManyCandidates'
      : read.find(each => each.reason !== undefined)?.reason;
  return {
    look: placeLook({
      place: 'indexEntry',
      location: target.about,
      about: target.about,
      found: statements.length,
      reason,
    }),
    statements,
  };
}

function attestationEntries(
  index: RegistryManifest,
  wanted: Digest | undefined,
): Entry[] {
  const listed = Array.isArray(index.json.manifests)
    ? index.json.manifests
    : [];
  const descriptors = listed.flatMap(entry => parseDescriptor(entry) ?? []);
  const digests = new Map(descriptors.map(({ digest }) => [digest, digest]));
  return descriptors.flatMap(manifest => {
    const { annotations } = manifest;
    // Only what the index lists itself: a reference to anything else is about no image of it.
    const describes = digests.get(annotations[REFERENCE_DIGEST] as Digest);
    return annotations[REFERENCE_TYPE] === ATTESTATION_MANIFEST &&
      describes &&
      (wanted === undefined || describes === wanted)
      ? [{ manifest, describes }]
      : [];
  });
}

type EntryContent = { statements: ProvenanceStatement[]; reason?: ReasonCode };

async function readEntry(
  target: LookTarget,
  entry: Entry,
  maxBytes: number,
): Promise<EntryContent> {
  const { registry, repository, options } = target;
  const manifest = await registry.getManifest(
    repository,
    entry.manifest.digest,
    options,
  );
  if (!manifest.ok) {
    return { statements: [], reason: manifest.reason };
  }
  const { layers, reason } = pickStatements(manifest.value, entry);
  const read: EntryContent[] = [];
  let bytesLeft = maxBytes;
  for (const layer of layers) {
    const isFetched = isReadPredicate(layer.descriptor);
    bytesLeft -= isFetched ? layer.descriptor.size : 0;
    read.push(
      isFetched
        ? await readLayer(target, layer, bytesLeft)
        : { statements: [listUnread(layer)] },
    );
  }
  const first = reason ?? read.find(each => each.reason)?.reason;
  return {
    statements: read.flatMap(each => each.statements),
    ...(first && { reason: first }),
  };
}

function pickStatements(
  { json }: RegistryManifest,
  entry: Entry,
): { layers: Layer[]; reason?: ReasonCode } {
  const subject = parseDescriptor(json.subject)?.digest;
  if (json.subject !== undefined && subject !== entry.describes) {
    // The newer form says itself what it is about.
    return { layers: [], reason: 'malformedDocument' };
  }
  const all = Array.isArray(json.layers) ? json.layers : [];
  const layers = all
    .slice(0, LAYERS_MAX)
    .flatMap(layer => parseDescriptor(layer) ?? [])
    .filter(({ mediaType }) => mediaType === STATEMENT)
    .map(descriptor => ({ ...entry, descriptor }));
  return {
    layers,
    ...(all.length > LAYERS_MAX && { reason: 'tooManyCandidates' }),
  };
}

function isReadPredicate({ annotations }: RegistryDescriptor): boolean {
  const predicateType = annotations[PREDICATE_TYPE];
  return (
    predicateType === undefined || predicateType.startsWith(READ_PREDICATES)
  );
}

async function readLayer(
  target: LookTarget,
  layer: Layer,
  bytesLeft: number,
): Promise<EntryContent> {
  if (bytesLeft < 0) {
    return { statements: [], reason: 'tooLarge' };
  }
  const { registry, repository, options } = target;
  const blob = await registry.getBlob(repository, layer.descriptor, {
    ...options,
    maxBytes: BUNDLE_MAX_BYTES,
  });
  return blob.ok
    ? {
        statements: [toClaim(layer, readClaim(blob.value, layer.describes))],
      }
    : { statements: [], reason: blob.reason };
}

function listUnread(layer: Layer): ProvenanceStatement {
  return toClaim(layer, {
    predicateType: layer.descriptor.annotations[PREDICATE_TYPE],
    content: { type: 'other' },
    covers: layer.describes,
  });
}

function toClaim(
  { manifest }: Layer,
  claim: Pick<ProvenanceStatement, 'predicateType' | 'content' | 'covers'>,
): ProvenanceStatement {
  return {
    ...claim,
    foundIn: 'indexEntry',
    carrier: manifest.digest,
    // It is about the platform itself; what the index vouches for is judged elsewhere.
    relation: 'exact',
    signed: false,
    checks: [],
  };
}
