import {
  EvidenceOf,
  ImageSubject,
  parseImageReference,
  PlaceLook,
  SignatureDetail,
  SignedStatement,
} from 'backstage-plugin-supply-chain-common';
import type {
  CollectContext,
  EvidenceCollector,
} from 'backstage-plugin-supply-chain-node';
import type { RegistryClient } from 'backstage-plugin-supply-chain-node/registry';
import { compileTrustRoot } from 'backstage-plugin-supply-chain-node/trust';
import {
  FoundLayer,
  LookTarget,
  PlaceContent,
  placeLook,
  readReferrerPlaces,
  readTagPlace,
} from './discovery';
import { fetchCandidates } from './fetchCandidates';
import { NamedTrustRoot, verifyCandidate } from './verify';
import type { Candidate } from './verify';

const EVIDENCE_LIFETIME_MS = 24 * 60 * 60 * 1000; // L6

/** What one run found, place by place. */
type Findings = { places: PlaceContent[]; statements: SignedStatement[] };

/**
 * Looks for cosign signatures and attestations in every place they are stored in, and verifies each with every trust
 * root. It states what it found; whether that suffices is for policies to say.
 *
 * @public
 */
export class SigstoreCollector implements EvidenceCollector {
  readonly id = 'sigstore';
  readonly kinds = ['signature'] as const;
  readonly #registry: RegistryClient;

  /** Creates a collector that reads through this client. */
  static create(options: { registry: RegistryClient }): SigstoreCollector {
    return new SigstoreCollector(options.registry);
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
    const findings = await this.#look({
      subject,
      context,
      artifact: manifest.bytes,
      target: {
        registry: this.#registry,
        repository,
        options: { proof, signal },
      },
    });
    return [{ ...evidence, ...conclude(findings, now) }];
  }

  async #look(options: {
    subject: ImageSubject;
    context: CollectContext;
    artifact: Uint8Array;
    target: Omit<LookTarget, 'about'>;
  }): Promise<Findings> {
    const { subject, context, artifact, target } = options;
    const parents = context.origin?.detail?.parents ?? [];
    const places: PlaceContent[] = [];
    for (const about of [subject.digest, ...parents]) {
      places.push(...(await readPlaces({ ...target, about })));
    }
    places.push(...placesNotKnown(subject, context));
    const trustRoots = context.trustRoots.map(root => ({
      name: root.name,
      compiled: compileTrustRoot(root),
    }));
    // Fetched in any order, told in the order they were found, so that equal facts have equal hashes.
    const statements: { position: number; statement: SignedStatement }[] = [];
    await fetchCandidates({
      places,
      target,
      artifacts: new Map([[subject.digest, artifact]]),
      onCandidate: (candidate, layer, position) => {
        const { now } = context;
        const statement = toStatement({
          candidate,
          layer,
          subject,
          trustRoots,
          now,
        });
        statements.push({ position, statement });
      },
    });
    statements.sort((one, other) => one.position - other.position);
    return { places, statements: statements.map(each => each.statement) };
  }
}

async function readPlaces(target: LookTarget): Promise<PlaceContent[]> {
  const [referrers, signatures, attestations] = await Promise.all([
    readReferrerPlaces(target),
    readTagPlace(target, 'sigTag'),
    readTagPlace(target, 'attTag'),
  ]);
  return [...referrers, signatures, attestations];
}

/** Without registry facts nobody knows which indexes to look at, so a look would not be complete (L5). */
function placesNotKnown(
  { digest }: ImageSubject,
  { origin }: CollectContext,
): PlaceContent[] {
  if (origin?.detail) {
    return [];
  }
  const look = placeLook({
    place: 'referrers',
    location: 'indexes that list the image',
    about: digest,
    reason: origin?.reason ?? 'notCollectedYet',
    note: 'it is not known which indexes list the image',
  });
  return [{ look, layers: [] }];
}

function toStatement(options: {
  candidate: Candidate;
  layer: FoundLayer;
  subject: ImageSubject;
  trustRoots: NamedTrustRoot[];
  now: Date;
}): SignedStatement {
  const { candidate, layer, subject, trustRoots, now } = options;
  const { dockerReference, checks, ...described } = verifyCandidate({
    candidate,
    about: layer.about,
    trustRoots,
    now,
  });
  const otherReference = otherDockerReference(dockerReference, subject);
  return {
    scheme: 'cosign',
    ...described,
    foundIn: layer.place,
    carrier: layer.carrier,
    relation: layer.about === subject.digest ? 'exact' : 'viaIndex',
    ...(otherReference !== undefined && {
      otherDockerReference: otherReference,
    }),
    checks: layer.isForeign
      ? trustRoots.map(({ name }) => ({
          trustRoot: name,
          status: 'invalid',
          reason: 'subjectMismatch',
        }))
      : checks,
  };
}

function otherDockerReference(
  reference: string | undefined,
  subject: ImageSubject,
): string | undefined {
  if (reference === undefined) {
    return undefined;
  }
  const parsed = parseImageReference(reference);
  return parsed.ok && parsed.reference.repository === subject.repository
    ? undefined
    : reference;
}

function conclude(
  { places, statements }: Findings,
  now: Date,
): Pick<
  EvidenceOf<'signature'>,
  'status' | 'reason' | 'message' | 'expiresAt' | 'detail'
> {
  const trail: PlaceLook[] = places.map(({ look }) => look);
  const detail: SignatureDetail = { scheme: 'cosign', statements, trail };
  const expiresAt = new Date(
    now.getTime() + EVIDENCE_LIFETIME_MS,
  ).toISOString();
  const incomplete = trail.find(({ complete }) => !complete);
  if (statements.length > 0) {
    return { status: 'present', expiresAt, detail };
  }
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
