import { LoggerService } from '@backstage/backend-plugin-api';
import {
  Digest,
  Evidence,
  EvidenceOf,
  ImageReference,
  ImageSubject,
  PolicyFacts,
  reasonDefinition,
  ReasonCode,
  TrustRoot,
} from 'backstage-plugin-supply-chain-common';
import {
  CollectorState,
  EvidenceCollector,
} from 'backstage-plugin-supply-chain-node';
import {
  readPlatform,
  readRegistriesFor,
  RegistryClient,
} from 'backstage-plugin-supply-chain-node/registry';
import { runCollector } from '../../evidence/runCollector';

/** What a look reads of registries itself; the rest its collectors read. */
export type LookRegistry = Pick<
  RegistryClient,
  'resolveTag' | 'getManifest' | 'getBlob'
>;

/** Options of {@link lookAtImage}. */
export type LookAtImageOptions = {
  imageRef: string;
  reference: ImageReference;
  /** For whom registries are read; decides which credentials are used (L30). */
  place: { entityRef?: string; cluster?: string; namespace?: string };
  trustRoots: TrustRoot[];
  registry: LookRegistry;
  originCollector: EvidenceCollector;
  collectors: EvidenceCollector[];
  stateOf(collector: string): CollectorState;
  logger: LoggerService;
  signal: AbortSignal;
  now: Date;
};

/** What a look found out. */
export type ImageLook = {
  digest?: Digest;
  digestSource: 'specDigest' | 'tagResolvedNow' | 'none';
  /** Why there is no digest. */
  failure?: { reason: ReasonCode; message: string };
  facts: Pick<
    PolicyFacts,
    'image' | 'origin' | 'signatures' | 'provenance' | 'where'
  >;
};

/**
 * Looks at an image at once and never takes a cached negative for an answer (L7). Nothing of it is stored: the image
 * runs nowhere yet, and nobody but the caller asked.
 */
export async function lookAtImage(
  options: LookAtImageOptions,
): Promise<ImageLook> {
  const { place } = options;
  return readRegistriesFor({ places: [place] }, async () => {
    const resolved = await resolve(options);
    const found = resolved.digest
      ? await collect(options, resolved.digest)
      : undefined;
    return { ...resolved, facts: factsOf(options, resolved, found) };
  });
}

type Resolved = Omit<ImageLook, 'facts'>;
type Found = {
  origin: EvidenceOf<'origin'>;
  others: Evidence[];
  platform?: string;
};

async function resolve(options: LookAtImageOptions): Promise<Resolved> {
  const { reference, registry, signal } = options;
  if (reference.digest) {
    return { digest: reference.digest, digestSource: 'specDigest' };
  }
  const resolved = await registry.resolveTag(reference, { signal });
  if (resolved.ok) {
    const { digest } = resolved.value;
    return { digest, digestSource: 'tagResolvedNow' };
  }
  const reason =
    resolved.reason === 'notFound' ? 'subjectNotFound' : resolved.reason;
  const message = reasonDefinition(reason).meaning.replace(/\.$/, '');
  return { digestSource: 'none', failure: { reason, message } };
}

async function collect(
  options: LookAtImageOptions,
  digest: Digest,
): Promise<Found> {
  const { reference, imageRef, originCollector, collectors } = options;
  const { repository } = reference;
  const subject: ImageSubject = { type: 'image', repository, digest };
  const contextOf = (collector: EvidenceCollector) => ({
    signal: options.signal,
    logger: options.logger,
    now: options.now,
    imageRefs: [imageRef],
    trustRoots: options.trustRoots,
    state: options.stateOf(collector.id),
    // L16: who asks from outside must not decide what is trusted from then on.
    trustsFirstUse: false,
    fresh: true,
  });
  const [origin] = (await runCollector({
    collector: originCollector,
    subject,
    // A tag that was resolved is not looked at again: it may name something else by now.
    context: {
      ...contextOf(originCollector),
      imageRefs: reference.digest ? [imageRef] : [],
    },
  })) as EvidenceOf<'origin'>[];
  const { registry, signal } = options;
  const [platform, ...others] = await Promise.all([
    readPlatform({ registry, subject, origin, signal }),
    ...collectors.map(collector =>
      runCollector({
        collector,
        subject,
        context: { ...contextOf(collector), origin },
      }),
    ),
  ]);
  return { origin, others: others.flat(), platform };
}

function factsOf(
  { imageRef, reference, place }: LookAtImageOptions,
  { digest, digestSource }: Resolved,
  found: Found | undefined,
): ImageLook['facts'] {
  const { cluster, namespace } = place;
  const { platform } = found ?? {};
  const provenance = found?.others.find(
    (each): each is EvidenceOf<'provenance'> => each.kind === 'provenance',
  );
  return {
    image: {
      imageRef,
      repository: reference.repository,
      ...(digest && { digest }),
      digestSource,
      ...(platform && { platform }),
      started: true,
      containerType: 'app',
    },
    ...(cluster !== undefined &&
      namespace !== undefined && { where: { cluster, namespace } }),
    ...(found && { origin: found.origin }),
    signatures: (found?.others ?? []).filter(
      (each): each is EvidenceOf<'signature'> => each.kind === 'signature',
    ),
    ...(provenance && { provenance }),
  };
}
