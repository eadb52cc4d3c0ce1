import {
  EvidenceOf,
  ImageSubject,
  PolicyFacts,
  TrustRoot,
} from 'backstage-plugin-supply-chain-common';
import { SigstoreCollector } from 'backstage-plugin-supply-chain-backend-module-sigstore/collector';
import {
  OriginCollector,
  RegistryClient,
} from 'backstage-plugin-supply-chain-node/registry';
import { CollectContext, CollectorLogger, CollectorState } from './collecting';
import { readPlatform } from './readPlatform';
import { ResolvedImage, resolveImage } from './resolveImage';
import { RequestedImage } from './verifyOptions';

/** An image with everything that was found out about it. */
export type ExaminedImage = ResolvedImage & { facts: PolicyFacts };

/** Options of {@link ImageExaminer}. */
export type ImageExaminerOptions = {
  registry: RegistryClient;
  trustRoots: TrustRoot[];
  now: Date;
  /** Ends every look. */
  signal: AbortSignal;
  logger: CollectorLogger;
  stateOf(collector: string): Promise<CollectorState>;
};

/** Finds out about images what policies on signatures are evaluated on. It states facts and judges nothing. */
export class ImageExaminer {
  readonly #options: ImageExaminerOptions;
  readonly #origin: OriginCollector;
  readonly #sigstore: SigstoreCollector;

  static create(options: ImageExaminerOptions): ImageExaminer {
    return new ImageExaminer(options);
  }

  private constructor(options: ImageExaminerOptions) {
    const { registry } = options;
    this.#options = options;
    this.#origin = OriginCollector.create({ registry });
    this.#sigstore = SigstoreCollector.create({ registry });
  }

  async examine(requested: RequestedImage): Promise<ExaminedImage> {
    const image = await resolveImage(requested, this.#options);
    const evidence = await this.#collect(image);
    return {
      ...image,
      facts: {
        image: {
          imageRef: image.imageRef,
          repository: image.reference.repository,
          digest: image.digest,
          digestSource: image.digestSource,
          platform: evidence.platform,
          started: true,
          containerType: 'app',
        },
        ...(evidence.origin && { origin: evidence.origin }),
        signatures: evidence.signatures,
        ...(evidence.provenance && { provenance: evidence.provenance }),
        scans: [],
        vulnerabilityClocks: [],
      },
    };
  }

  async #collect(image: ResolvedImage): Promise<{
    origin?: EvidenceOf<'origin'>;
    signatures: EvidenceOf<'signature'>[];
    provenance?: EvidenceOf<'provenance'>;
    platform?: string;
  }> {
    const { digest, reference } = image;
    if (!digest) {
      return { signatures: [] };
    }
    const { repository } = reference;
    const subject: ImageSubject = { type: 'image', repository, digest };
    const origin = await this.#lookAtOrigin(subject, image);
    const [[signature, provenance], platform] = await Promise.all([
      this.#lookForStatements(subject, { image, origin }),
      readPlatform({ ...this.#options, subject, origin }),
    ]);
    return { origin, signatures: [signature], provenance, platform };
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

  async #lookForStatements(
    subject: ImageSubject,
    { image, origin }: { image: ResolvedImage; origin: EvidenceOf<'origin'> },
  ): ReturnType<SigstoreCollector['collect']> {
    const { id } = this.#sigstore;
    try {
      const context = await this.#contextOf(id, image);
      return await this.#sigstore.collect(subject, { ...context, origin });
    } catch (error) {
      const failed = this.#failed(subject, id, error);
      return [
        { ...failed, kind: 'signature' },
        { ...failed, kind: 'provenance' },
      ];
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
    const { now, logger } = this.#options;
    const message = error instanceof Error ? error.message : String(error);
    logger.error(`the collector "${collector}" failed: ${message}`);
    return {
      subject,
      collector,
      status: 'unavailable' as const,
      reason: 'collectorError' as const,
      message,
      observedAt: now.toISOString(),
    };
  }
}
