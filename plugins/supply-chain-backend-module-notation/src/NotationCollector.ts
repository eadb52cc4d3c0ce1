import {
  Digest,
  EvidenceOf,
  ImageSubject,
  PlaceLook,
  SignatureDetail,
  SignedStatement,
} from 'backstage-plugin-supply-chain-common';
import type {
  CollectContext,
  EvidenceCollector,
} from 'backstage-plugin-supply-chain-node';
import type {
  RegistryClient,
  RegistryManifest,
} from 'backstage-plugin-supply-chain-node/registry';
import {
  FoundEnvelope,
  LookTarget,
  PlaceContent,
  placeLook,
  readPlaces,
} from './discovery';
import { fetchEnvelopes } from './fetchEnvelopes';
import {
  compileNotationRoots,
  NamedNotationRoot,
  TargetArtifact,
  verifyEnvelope,
} from './verify';

const EVIDENCE_LIFETIME_MS = 24 * 60 * 60 * 1000; // L6

/** One run: what is asked, and what is there to answer it with. */
type Run = {
  subject: ImageSubject;
  context: CollectContext;
  manifest: RegistryManifest;
  target: Omit<LookTarget, 'about'>;
};

/** What one run found, place by place. */
type Findings = {
  places: PlaceContent[];
  statements: SignedStatement[];
  /** The first instant from which on the clock alone changes a statement. */
  standsUntil?: Date;
};

/**
 * Looks for signatures of the Notary Project among what refers to an image, and verifies each with every trust root
 * that is about them. It states what it found; whether that suffices is for policies to say.
 *
 * @public
 */
export class NotationCollector implements EvidenceCollector {
  readonly id = 'notation';
  readonly kinds = ['signature'] as const;
  readonly #registry: RegistryClient;

  /** Creates a collector that reads through this client. */
  static create(options: { registry: RegistryClient }): NotationCollector {
    return new NotationCollector(options.registry);
  }

  private constructor(registry: RegistryClient) {
    this.#registry = registry;
  }

  /** Looks for signatures of the subject and of every index that lists it (L3). */
  async collect(
    subject: ImageSubject,
    context: CollectContext,
  ): Promise<EvidenceOf<'signature'>[]> {
    const { signal, now } = context;
    const { repository, digest } = subject;
    const evidence = {
      subject,
      collector: this.id,
      kind: 'signature' as const,
      observedAt: now.toISOString(),
    };
    const access = await this.#registry.proveAccess(repository, digest, {
      signal,
    });
    if (!access.ok) {
      const { reason, detail } = access;
      return [
        {
          ...evidence,
          status: 'unavailable',
          reason: reason === 'notFound' ? 'subjectNotFound' : reason,
          message: detail,
        },
      ];
    }
    const { proof, manifest } = access.value;
    const target = {
      registry: this.#registry,
      repository,
      options: { proof, signal },
    };
    const findings = await lookEverywhere({
      subject,
      context,
      manifest,
      target,
    });
    return [{ ...evidence, ...conclude(findings, now) }];
  }
}

async function lookEverywhere(run: Run): Promise<Findings> {
  const { subject, context, manifest, target } = run;
  const parents = context.origin?.detail?.parents ?? [];
  const artifacts = new Map([[subject.digest, artifactOf(manifest)]]);
  const places = await readPlaces({ ...target, about: subject.digest });
  for (const about of parents) {
    places.push(...(await lookAtIndex(run, about, artifacts)));
  }
  places.push(...placesNotKnown(run));
  const trustRoots = compileNotationRoots(context.trustRoots);
  // Fetched in any order, told in the order they were found, so that equal facts have equal hashes.
  const judged: { position: number; statement: Judged }[] = [];
  await fetchEnvelopes({
    places,
    target,
    onEnvelope: (bytes, found, position) => {
      const artifact = artifacts.get(found.about)!;
      const statement = judge({ run, bytes, found, artifact, trustRoots });
      judged.push({ position, statement });
    },
  });
  judged.sort((one, other) => one.position - other.position);
  const ends = judged.flatMap(each => each.statement.standsUntil ?? []);
  return {
    places,
    statements: judged.map(each => each.statement.statement),
    ...(ends.length > 0 && {
      standsUntil: new Date(Math.min(...ends.map(end => end.getTime()))),
    }),
  };
}

/** What a signature of an index covers is its whole descriptor, so the index itself is read first. */
async function lookAtIndex(
  { target }: Run,
  about: Digest,
  artifacts: Map<Digest, TargetArtifact>,
): Promise<PlaceContent[]> {
  const { registry, repository, options } = target;
  const index = await registry.getManifest(repository, about, options);
  if (!index.ok) {
    const look = placeLook({
      place: 'referrers',
      location: about,
      about,
      reason: index.reason,
      note: index.detail,
    });
    return [{ look, envelopes: [] }];
  }
  artifacts.set(about, artifactOf(index.value));
  return readPlaces({ ...target, about });
}

function artifactOf(manifest: RegistryManifest): TargetArtifact {
  const { mediaType, digest, bytes } = manifest;
  return { mediaType, digest, size: bytes.length };
}

/** Without registry facts nobody knows which indexes to look at, so a look would not be complete (L5). */
function placesNotKnown({ subject, context }: Run): PlaceContent[] {
  const { origin } = context;
  if (origin?.detail) {
    return [];
  }
  const look = placeLook({
    place: 'referrers',
    location: 'indexes that list the image',
    about: subject.digest,
    reason: origin?.reason ?? 'notCollectedYet',
    note: 'it is not known which indexes list the image',
  });
  return [{ look, envelopes: [] }];
}

type Judged = { statement: SignedStatement; standsUntil?: Date };

function judge(options: {
  run: Run;
  bytes: Uint8Array;
  found: FoundEnvelope;
  artifact: TargetArtifact;
  trustRoots: NamedNotationRoot[];
}): Judged {
  const { run, bytes, found, artifact, trustRoots } = options;
  const { subject, context } = run;
  const { standsUntil, checks, ...described } = verifyEnvelope({
    bytes,
    format: found.format,
    artifact,
    repository: subject.repository,
    trustRoots,
    now: context.now,
  });
  const statement: SignedStatement = {
    scheme: 'notation',
    ...described,
    foundIn: found.place,
    carrier: found.carrier,
    relation: found.about === subject.digest ? 'exact' : 'viaIndex',
    checks: found.isForeign
      ? trustRoots.map(({ name }) => ({
          trustRoot: name,
          status: 'invalid',
          reason: 'subjectMismatch',
        }))
      : checks,
  };
  return { statement, ...(!found.isForeign && { standsUntil }) };
}

function conclude(
  { places, statements, standsUntil }: Findings,
  now: Date,
): Pick<
  EvidenceOf<'signature'>,
  'status' | 'reason' | 'message' | 'expiresAt' | 'detail'
> {
  const trail: PlaceLook[] = places.map(place => place.look);
  const detail: SignatureDetail = { scheme: 'notation', statements, trail };
  const lifetimeEnd = now.getTime() + EVIDENCE_LIFETIME_MS;
  const expiresAt = new Date(
    Math.min(lifetimeEnd, standsUntil?.getTime() ?? lifetimeEnd),
  ).toISOString();
  if (statements.length > 0) {
    return { status: 'present', expiresAt, detail };
  }
  const incomplete = trail.find(({ complete }) => !complete);
  if (!incomplete) {
    return { status: 'absent', expiresAt, detail };
  }
  return {
    status: 'unavailable',
    reason: incomplete.reason,
    message:
      incomplete.note ?? `${incomplete.location} was not read to its end`,
  };
}
