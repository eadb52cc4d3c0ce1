import {
  Evidence,
  EvidenceOf,
  ImageSubject,
  PolicyFacts,
  TrustRoot,
} from 'backstage-plugin-supply-chain-common';
import { ContentTrustCollector } from 'backstage-plugin-supply-chain-backend-module-content-trust/collector';
import { NotationCollector } from 'backstage-plugin-supply-chain-backend-module-notation/collector';
import { SigstoreCollector } from 'backstage-plugin-supply-chain-backend-module-sigstore/collector';
import {
  asOneLook,
  OriginCollector,
  readPlatform,
  RegistryClient,
} from 'backstage-plugin-supply-chain-node/registry';
import { CollectContext, CollectorLogger, CollectorState } from './collecting';
import { ResolvedImage, ResolveFailure, resolveImage } from './resolveImage';
import { RequestedImage } from './verifyOptions';

/** An image with everything that was found out about it. */
export type ExaminedImage = ResolvedImage & { facts: PolicyFacts };

/** Options of {@link ImageExaminer}. */
export type ImageExaminerOptions = {
  registry: RegistryClient;
  trustRoots: TrustRoot[];
  now: Date;
  /** Where the images should be built from (L29). */
  expectedSource?: string;
  /** Ends every look. */
  signal: AbortSignal;
  logger: CollectorLogger;
  stateOf(collector: string): Promise<CollectorState>;
};

type Collected = {
  origin?: EvidenceOf<'origin'>;
  found: Evidence[];
  platform?: string;
};

type Collector = SigstoreCollector | ContentTrustCollector | NotationCollector;

/** Finds out about images what policies on signatures are evaluated on. It states facts and judges nothing. */
export class ImageExaminer {
  readonly #options: ImageExaminerOptions;
  readonly #origin: OriginCollector;
  readonly #collectors: Collector[];

  static create(options: ImageExaminerOptions): ImageExaminer {
    return new ImageExaminer(options);
  }

  private constructor(options: ImageExaminerOptions) {
    const { registry } = options;
    this.#options = options;
    this.#origin = OriginCollector.create({ registry });
    this.#collectors = [
      SigstoreCollector.create({ registry }),
      ContentTrustCollector.create({ registry }),
      NotationCollector.create({ registry }),
    ];
  }

  async examine(requested: RequestedImage): Promise<ExaminedImage> {
    return asOneLook(async () =>
      this.examineResolved(await resolveImage(requested, this.#options)),
    );
  }

  /** The same for an image whose digest was found out before. */
  async examineResolved(image: ResolvedImage): Promise<ExaminedImage> {
    return asOneLook(async () =>
      this.#describe(image, await this.#collect(image)),
    );
  }

  /** An image that was not looked at, and why: nothing can be told of it. */
  notExamined(image: ResolvedImage, why: ResolveFailure): ExaminedImage {
    const { digest, reference } = image;
    if (!digest) {
      return this.#describe(image, { found: [] });
    }
    const { repository } = reference;
    const subject: ImageSubject = { type: 'image', repository, digest };
    const found = this.#collectors.flatMap(({ id, kinds }) =>
      kinds.map(kind => ({ ...this.#unavailable(subject, id, why), kind })),
    );
    const { id } = this.#origin;
    const origin = {
      ...this.#unavailable(subject, id, why),
      kind: 'origin' as const,
    };
    return this.#describe(image, { origin, found });
  }

  #describe(image: ResolvedImage, collected: Collected): ExaminedImage {
    const { expectedSource } = this.#options;
    const { origin, found, platform } = collected;
    const provenance = found.find(isProvenance);
    return {
      ...image,
      facts: {
        image: {
          imageRef: image.imageRef,
          repository: image.reference.repository,
          digest: image.digest,
          digestSource: image.digestSource,
          platform,
          started: true,
          containerType: 'app',
        },
        ...(origin && { origin }),
        signatures: found.filter(isSignature),
        ...(provenance && { provenance }),
        ...(expectedSource !== undefined && { expectedSource }),
        scans: [],
        vulnerabilityClocks: [],
      },
    };
  }

  async #collect(image: ResolvedImage): Promise<Collected> {
    const { digest, reference } = image;
    if (!digest) {
      return { found: [] };
    }
    const { repository } = reference;
    const subject: ImageSubject = { type: 'image', repository, digest };
    const origin = await this.#lookAtOrigin(subject, image);
    const [platform, ...found] = await Promise.all([
      readPlatform({ ...this.#options, subject, origin }),
      ...this.#collectors.map(collector =>
        this.#ask(collector, { subject, image, origin }),
      ),
    ]);
    return { origin, found: found.flat(), platform };
  }

  async #lookAtOrigin(
    subject: ImageSubject,
    image: ResolvedImage,
  ): Promise<EvidenceOf<'origin'>> {
    const { id } = this.#origin;
    try {
      const context = await this.#contextOf(id, image);
      const [evidence] = await this.#origin.collect(subject, context);
      return evidence;
    } catch (error) {
      return { ...this.#failed(subject, id, error), kind: 'origin' };
    }
  }

  async #ask(
    collector: Collector,
    options: {
      subject: ImageSubject;
      image: ResolvedImage;
      origin: EvidenceOf<'origin'>;
    },
  ): Promise<Evidence[]> {
    const { subject, image, origin } = options;
    const { id, kinds } = collector;
    try {
      const context = await this.#contextOf(id, image);
      return await collector.collect(subject, {
        ...context,
        // Content trust signs the tag that was asked for, wherever that points by now (L16).
        imageRefs: [image.imageRef],
        origin,
      });
    } catch (error) {
      const failed = this.#failed(subject, id, error);
      return kinds.map(kind => ({ ...failed, kind }));
    }
  }

  async #contextOf(
    collector: string,
    image: ResolvedImage,
  ): Promise<CollectContext> {
    const { now, signal, logger, trustRoots, stateOf } = this.#options;
    return {
      now,
      signal,
      logger,
      trustRoots,
      // A tag that was resolved is not looked at again: it may name something else by now.
      imageRefs:
        image.digestSource === 'tagResolvedNow' ? [] : [image.imageRef],
      state: await stateOf(collector),
      fresh: true, // L7
    };
  }

  /** A collector that throws could not tell, and says so in the log. */
  #failed(subject: ImageSubject, collector: string, error: unknown) {
    const message = error instanceof Error ? error.message : String(error);
    this.#options.logger.error(
      `the collector "${collector}" failed: ${message}`,
    );
    const why = { reason: 'collectorError' as const, message };
    return this.#unavailable(subject, collector, why);
  }

  #unavailable(subject: ImageSubject, collector: string, why: ResolveFailure) {
    return {
      subject,
      collector,
      status: 'unavailable' as const,
      ...why,
      observedAt: this.#options.now.toISOString(),
    };
  }
}

function isSignature(evidence: Evidence): evidence is EvidenceOf<'signature'> {
  return evidence.kind === 'signature';
}

function isProvenance(
  evidence: Evidence,
): evidence is EvidenceOf<'provenance'> {
  return evidence.kind === 'provenance';
}
