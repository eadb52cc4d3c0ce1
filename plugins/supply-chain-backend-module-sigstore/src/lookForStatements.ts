import {
  Digest,
  ImageSubject,
  PlaceLook,
  ProvenanceStatement,
} from 'backstage-plugin-supply-chain-common';
import type { CollectContext } from 'backstage-plugin-supply-chain-node';
import type {
  RegistryFailure,
  RegistryManifest,
  RegistryResult,
} from 'backstage-plugin-supply-chain-node/registry';
import {
  compileTrustRoot,
  isSigstoreTrustRoot,
} from 'backstage-plugin-supply-chain-node/trust';
import {
  IndexClaims,
  placeLook,
  readIndexClaims,
  ReadablePlace,
  readPlaces,
  RepositoryAccess,
} from './discovery';
import { FoundStatement } from './evidence';
import { fetchCandidates } from './fetchCandidates';
import {
  openOtherRepositories,
  SignatureRepository,
} from './signatureRepositories';
import { VerificationMemory } from './VerificationMemory';

/** Arguments of {@link lookForStatements}. */
export type LookOptions = {
  subject: ImageSubject;
  context: CollectContext;
  /** The image itself, as it was read to prove access. */
  manifest: RegistryManifest;
  /** Where the image lies; its own repository. */
  own: RepositoryAccess;
  /** Repositories beside it that signatures may lie in. */
  repositories: readonly SignatureRepository[];
  /** What was verified before. */
  memory: VerificationMemory;
};

/** What one run found. */
export type Findings = {
  /** Verified; in the order they were found. */
  statements: FoundStatement[];
  /** Bare statements of indexes: claims. */
  claims: ProvenanceStatement[];
  trail: PlaceLook[];
};

/** Looks in every place for the subject and for every index that lists it (L3), and verifies what is there. */
export async function lookForStatements(
  options: LookOptions,
): Promise<Findings> {
  const { subject, context, own } = options;
  const [parents, others] = await Promise.all([
    readParents(options),
    openOtherRepositories({
      ...options,
      registry: own.registry,
      signal: context.signal,
    }),
  ]);
  const [claims, ...read] = await Promise.all([
    readClaims(options, parents),
    ...[subject.digest, ...parents.keys()].flatMap(about =>
      [own, ...others.readable].map(access => readPlaces({ ...access, about })),
    ),
  ]);
  const places = read.flat();
  const statements = await verifyAll(options, {
    places,
    artifacts: artifactsOf(options, parents),
  });
  return {
    statements,
    claims: claims.flatMap(each => each.statements),
    trail: [
      // Fetching may have found that a place cannot be read to its end.
      ...places.map(({ look }) => look),
      ...others.looks,
      ...claims.map(({ look }) => look),
      ...looksNotMade(subject, context),
    ],
  };
}

type Parents = Map<Digest, RegistryResult<RegistryManifest>>;

async function readParents({ context, own }: LookOptions): Promise<Parents> {
  const parents = context.origin?.detail?.parents ?? [];
  return new Map(
    await Promise.all(
      parents.map(
        async digest =>
          [
            digest,
            await own.registry.getManifest(own.repository, digest, own.options),
          ] as const,
      ),
    ),
  );
}

/** Bare statements of the index that runs, and of every index for the one platform that runs. */
async function readClaims(
  { subject, manifest, own }: LookOptions,
  parents: Parents,
): Promise<IndexClaims[]> {
  const itself = Array.isArray(manifest.json.manifests)
    ? [readIndexClaims({ ...own, about: subject.digest }, manifest)]
    : [];
  const listing = [...parents].map(async ([about, index]) =>
    index.ok
      ? readIndexClaims({ ...own, about }, index.value, subject.digest)
      : unreadIndex(about, index),
  );
  return Promise.all([...itself, ...listing]);
}

function unreadIndex(about: Digest, failure: RegistryFailure): IndexClaims {
  const { reason, detail: note } = failure;
  return {
    look: placeLook({
      place: 'indexEntry',
      location: about,
      about,
      reason,
      note,
    }),
    statements: [],
  };
}

/** What a message signature in a bundle would cover. */
function artifactsOf(
  { manifest }: LookOptions,
  parents: Parents,
): Map<Digest, Uint8Array> {
  const indexes = [...parents.values()].flatMap(each =>
    each.ok ? [each.value] : [],
  );
  return new Map(
    [manifest, ...indexes].map(({ digest, bytes }) => [digest, bytes]),
  );
}

async function verifyAll(
  { context, memory }: LookOptions,
  found: { places: ReadablePlace[]; artifacts: Map<Digest, Uint8Array> },
): Promise<FoundStatement[]> {
  const { now } = context;
  const trustRoots = context.trustRoots
    .filter(isSigstoreTrustRoot)
    .map(root => ({
      name: root.name,
      digest: root.digest,
      compiled: compileTrustRoot(root),
    }));
  // Fetched in any order, told in the order they were found, so that equal facts have equal hashes.
  const statements: { position: number; statement: FoundStatement }[] = [];
  await fetchCandidates({
    ...found,
    onCandidate: async (candidate, layer, position) => {
      const { about } = layer;
      const result = await memory.verify({
        candidate,
        about,
        trustRoots,
        now,
      });
      statements.push({ position, statement: { layer, result } });
    },
  });
  return statements
    .sort((one, other) => one.position - other.position)
    .map(({ statement }) => statement);
}

/** Without registry facts nobody knows which indexes to look at, so a look would not be complete (L5). */
function looksNotMade(
  { digest }: ImageSubject,
  { origin }: CollectContext,
): PlaceLook[] {
  return origin?.detail
    ? []
    : [
        placeLook({
          place: 'referrers',
          location: 'indexes that list the image',
          about: digest,
          reason: origin?.reason ?? 'notCollectedYet',
          note: 'it is not known which indexes list the image',
        }),
      ];
}
