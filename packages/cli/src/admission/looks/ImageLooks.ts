import {
  DigestSource,
  formatImageReference,
  ImageReference,
} from 'backstage-plugin-supply-chain-common';
import type { ExaminedImage } from '../../verify/ImageExaminer';
import type { ResolvedImage, ResolveFailure } from '../../verify/resolveImage';
import type { RequestedImage } from '../../verify/verifyOptions';
import { within } from '../within';
import { LookMemory } from './LookMemory';
import { LookQueue } from './LookQueue';
import { mergeLooks } from './mergeLooks';

const WHY = {
  admissionDeadline: 'it was not verified in the time an admission may take',
  admissionOverloaded: 'too many images are being verified already',
} as const;

/** What finds out about images; made anew for each look, under the trust roots that hold then. */
export type Examiner = {
  resolve(image: RequestedImage): Promise<ResolvedImage>;
  examine(image: ResolvedImage): Promise<ExaminedImage>;
  notExamined(image: ResolvedImage, why: ResolveFailure): ExaminedImage;
};

/** An examined image with where the answer comes from. */
export type ImageLook = {
  image: ExaminedImage;
  /** Differs whenever what was found may differ. */
  version: string;
  from: 'memory' | 'registry' | 'nowhere';
};

/** Options of {@link ImageLooks}. */
export type ImageLooksOptions = {
  /** An examiner whose looks end after the time a look may take. */
  createExaminer(): Examiner;
  /** Differs whenever the trust roots do (L7). */
  trustDigest(): string;
  /** Milliseconds that never go back. */
  monotonicMs(): number;
  limits: { running: number; waiting: number; remembered: number };
  /** How long what was found is not looked for again. */
  rememberMs: number;
  /** Hears how each answer came about. */
  onLook?(look: ImageLook): void;
};

/** How an image is asked for. */
export type LookRequest = {
  /** Do not answer from memory: a cached negative is no answer at admission (L7). */
  fresh?: boolean;
  /** How long the caller waits. The look goes on, and its result is kept for the next one who asks. */
  waitMs: number;
};

type Flight = Promise<ImageLook> | undefined;

/**
 * Finds out about images: from memory, or by looking, each image once however many ask at the same time.
 * Nothing is thrown: what could not be found out is stated as that.
 */
export class ImageLooks {
  readonly #options: ImageLooksOptions;
  readonly #queue: LookQueue;
  readonly #memory: LookMemory;
  readonly #flights = new Map<string, Promise<ImageLook>>();
  readonly #resolving = new Map<string, Promise<ResolvedImage>>();
  #looks = 0;

  static create(options: ImageLooksOptions): ImageLooks {
    return new ImageLooks(options);
  }

  private constructor(options: ImageLooksOptions) {
    const { limits, rememberMs, monotonicMs } = options;
    this.#options = options;
    this.#queue = LookQueue.create(limits);
    this.#memory = LookMemory.create({
      entriesMax: limits.remembered,
      rememberMs,
      monotonicMs,
    });
  }

  /** Looks under way, waiting and remembered, for the metrics. */
  get load(): { running: number; waiting: number; remembered: number } {
    const { running, waiting } = this.#queue;
    return { running, waiting, remembered: this.#memory.size };
  }

  /** The digest of a reference: as written, or what its tag names now. Those who ask at the same time share an answer. */
  async resolve(image: RequestedImage, waitMs: number): Promise<ResolvedImage> {
    const { reference } = image;
    if (reference.digest) {
      return asResolved(image, 'specDigest');
    }
    const key = formatImageReference(reference);
    const flight = share(this.#resolving, key, () =>
      this.#queue.run(() => this.#options.createExaminer().resolve(image)),
    );
    const why = flight ? 'admissionDeadline' : 'admissionOverloaded';
    const resolved = flight && (await within(flight, waitMs));
    return resolved ? { ...resolved, ...image } : unresolved(image, why);
  }

  /** What is known of an image; of one without digest that nothing is. */
  async look(image: ResolvedImage, request: LookRequest): Promise<ImageLook> {
    const { failure } = image;
    const look = failure
      ? this.#notLooked(image, failure)
      : await this.#find(image, request);
    this.#options.onLook?.(look);
    return look;
  }

  async #find(image: ResolvedImage, request: LookRequest): Promise<ImageLook> {
    const key = this.#keyOf(image);
    const known = request.fresh ? undefined : this.#memory.fresh(key);
    if (known) {
      return { ...known, from: 'memory' };
    }
    const flight = share(this.#flights, key, () => this.#start(key, image));
    if (!flight) {
      return this.#nowhere(image, 'admissionOverloaded');
    }
    return (
      (await within(flight, request.waitMs)) ??
      this.#nowhere(image, 'admissionDeadline')
    );
  }

  #start(key: string, image: ResolvedImage): Flight {
    return this.#queue.run(async () => {
      const found = await this.#options.createExaminer().examine(image);
      const earlier = this.#memory.standing(key);
      const merged = earlier ? mergeLooks(earlier.image, found) : found;
      this.#looks += 1;
      const remembered = { image: merged, version: String(this.#looks) };
      this.#memory.remember(key, remembered);
      return { ...remembered, from: 'registry' };
    });
  }

  #notLooked(image: ResolvedImage, failure: ResolveFailure): ImageLook {
    return {
      image: this.#options.createExaminer().notExamined(image, failure),
      version: `notResolved/${failure.reason}`,
      from: 'nowhere',
    };
  }

  #nowhere(image: ResolvedImage, reason: keyof typeof WHY): ImageLook {
    const earlier = this.#memory.standing(this.#keyOf(image));
    const examined = this.#options
      .createExaminer()
      .notExamined(image, { reason, message: WHY[reason] });
    return {
      image: earlier ? mergeLooks(earlier.image, examined) : examined,
      version: earlier ? `${earlier.version}/${reason}` : reason,
      from: 'nowhere',
    };
  }

  /** Content trust is asked for the tag that was written (L16); other evidence belongs to repository and digest. */
  #keyOf({ reference, digest, digestSource }: ResolvedImage): string {
    const tag = digestSource === 'specDigest' ? '' : reference.tag ?? '';
    return JSON.stringify([
      reference.repository,
      digest,
      tag,
      this.#options.trustDigest(),
    ]);
  }
}

function asResolved(
  { imageRef, reference }: RequestedImage,
  digestSource: DigestSource,
): ResolvedImage {
  return { imageRef, reference, digest: reference.digest, digestSource };
}

function unresolved(
  { imageRef, reference }: { imageRef: string; reference: ImageReference },
  reason: keyof typeof WHY,
): ResolvedImage {
  const failure = { reason, message: WHY[reason] };
  return { imageRef, reference, digestSource: 'none', failure };
}

/** Those who ask for the same thing at the same time share what comes of it. */
function share<T>(
  flights: Map<string, Promise<T>>,
  key: string,
  start: () => Promise<T> | undefined,
): Promise<T> | undefined {
  const under = flights.get(key);
  if (under) {
    return under;
  }
  const flight = start();
  if (flight) {
    flights.set(key, flight);
    const forget = () => flights.delete(key);
    flight.then(forget, forget);
  }
  return flight;
}
