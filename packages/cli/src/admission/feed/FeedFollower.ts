import { createPublicKey, KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import {
  AdmissionFeedEnvelope,
  AdmissionFeedPage,
  OriginDetail,
} from 'backstage-plugin-supply-chain-common';
import { CommandLineError } from '../../commandLine/CommandLineError';
import { KnownContent, KnownEntity, PortalKnowledge } from '../judging';
import { acceptPage } from './acceptPage';
import { FeedProblem } from './FeedProblem';
import { FeedSnapshot } from './FeedSnapshot';
import { openEnvelope } from './openEnvelope';
import { PortalState } from './PortalState';

/** Everything is read again this often, so that what the portal forgot is forgotten here. */
const AGAIN_EVERY_MS = 24 * 60 * 60 * 1000;
/** And when so many pages are kept that reading them at a start would take long. */
const PAGES_MAX = 500;

/** Options of {@link FeedFollower}. */
export type FeedFollowerOptions = {
  publicKeyFile: string;
  cluster: string;
  /** Reads the page after a cursor; throws FeedProblem. */
  fetch(since: string): Promise<unknown>;
  /** Absent: nothing survives a restart. */
  stateDirectory?: string;
  now(): Date;
  monotonicMs(): number;
  logger: { info(message: string): void; warn(message: string): void };
  /** Hears how each read ended: `ok` or a reason code. */
  onRead?(result: string): void;
};

type Page = { envelope: AdmissionFeedEnvelope; page: AdmissionFeedPage };

/** Follows what the portal knows (L34): it takes nothing unsigned, nothing old and nothing twice. */
export class FeedFollower implements PortalKnowledge {
  readonly #options: FeedFollowerOptions;
  readonly #key: KeyObject;
  readonly #snapshot: FeedSnapshot | undefined;
  #state: PortalState | undefined;
  #last: AdmissionFeedPage | undefined;
  #lastSequence = 0;
  #tailIsEmpty = false;
  #startOver = false;
  #readAllAtMs = 0;
  #problem = '';

  /** @throws CommandLineError when the pinned key cannot be used. */
  static async create(options: FeedFollowerOptions): Promise<FeedFollower> {
    const { stateDirectory, publicKeyFile } = options;
    const key = await readPinnedKey(publicKeyFile);
    const snapshot =
      stateDirectory === undefined
        ? undefined
        : await FeedSnapshot.open(stateDirectory);
    const follower = new FeedFollower(options, { key, snapshot });
    await follower.#restore();
    return follower;
  }

  private constructor(
    options: FeedFollowerOptions,
    parts: { key: KeyObject; snapshot: FeedSnapshot | undefined },
  ) {
    this.#options = options;
    this.#key = parts.key;
    this.#snapshot = parts.snapshot;
  }

  /** Whether the feed, or what was kept of it, was read once. */
  get isRead(): boolean {
    return this.#state !== undefined;
  }

  /** Number of the newest page. */
  get sequence(): number | undefined {
    return this.#last?.sequence;
  }

  /** Since when nothing newer is known. */
  get issuedAt(): string | undefined {
    return this.#last?.issuedAt;
  }

  contentOf(
    image: { repository: string; digest: string; origin?: OriginDetail },
    now: Date,
  ): KnownContent {
    const why = this.#unavailable(now);
    return why === undefined
      ? this.#state!.contentOf(this.#options.cluster, image)
      : {
          scans: [],
          scanner: { status: 'unavailable', message: why },
          vulnerabilityClocks: [],
          waivers: [],
          version: why,
        };
  }

  entitiesOf(
    pod: { cluster: string; namespace: string; labels: Record<string, string> },
    now: Date,
  ): KnownEntity[] {
    const why = this.#unavailable(now);
    return why === undefined
      ? this.#state!.entitiesOf(pod)
      : [{ entity: undefined, version: why }];
  }

  /** Reads what is new. Nothing is thrown: what is not taken leaves what was taken before, until that expires. */
  async poll(): Promise<void> {
    const { logger, onRead } = this.#options;
    try {
      await (this.#isDue() ? this.#readAll() : this.#readOn());
      if (this.#problem) {
        logger.info('the feed is read again');
      }
      this.#problem = '';
      onRead?.('ok');
    } catch (error) {
      const { reason, message, startOver } = asProblem(error);
      this.#startOver ||= startOver;
      onRead?.(reason);
      if (`${reason}: ${message}` !== this.#problem) {
        this.#problem = `${reason}: ${message}`;
        logger.warn(`${this.#problem}; what was read before stands`);
      }
    }
  }

  #unavailable(now: Date): string | undefined {
    if (!this.#state || !this.#last) {
      return 'feedUnreachable: the feed was never read';
    }
    const { expiresAt } = this.#last;
    return Date.parse(expiresAt) <= now.getTime()
      ? `feedExpired: what was read of the feed expired at ${expiresAt}`
      : undefined;
  }

  #isDue(): boolean {
    const { monotonicMs } = this.#options;
    return (
      !this.#last ||
      this.#startOver ||
      (this.#snapshot?.size ?? 0) > PAGES_MAX ||
      monotonicMs() - this.#readAllAtMs >= AGAIN_EVERY_MS
    );
  }

  /** From the beginning, beside what is known: it takes its place once it is complete. */
  async #readAll(): Promise<void> {
    const state = new PortalState();
    const pages: Page[] = [];
    let since = '';
    do {
      pages.push(await this.#readPage(since));
      const { page } = pages[pages.length - 1];
      state.apply(page);
      since = page.cursor;
    } while (pages[pages.length - 1].page.more);
    this.#state = state;
    this.#last = pages[pages.length - 1].page;
    this.#readAllAtMs = this.#options.monotonicMs();
    this.#tailIsEmpty = false;
    this.#startOver = false;
    await this.#keep(pages, 0);
  }

  async #readOn(): Promise<void> {
    let more = true;
    while (more) {
      const page = await this.#readNext();
      more = page.more;
    }
  }

  async #readNext(): Promise<AdmissionFeedPage> {
    const state = this.#state!;
    const read = await this.#readPage(this.#last!.cursor);
    const isEmpty = !state.apply(read.page);
    this.#last = read.page;
    const kept = this.#snapshot?.size ?? 0;
    // Of pages that told nothing only the newest is kept: it says until when the others count.
    await this.#keep([read], this.#tailIsEmpty ? kept - 1 : kept);
    this.#tailIsEmpty = isEmpty;
    return read.page;
  }

  async #readPage(since: string): Promise<Page> {
    const envelope = await this.#options.fetch(since);
    const page = openEnvelope(envelope, this.#key);
    acceptPage(page, {
      since,
      lastSequence: this.#lastSequence,
      now: this.#options.now(),
    });
    this.#lastSequence = page.sequence;
    return { envelope: envelope as AdmissionFeedEnvelope, page };
  }

  async #keep(pages: Page[], keep: number): Promise<void> {
    try {
      await this.#snapshot?.put(
        pages.map(({ envelope, page: { sequence } }) => ({
          sequence,
          envelope,
        })),
        { keep },
      );
    } catch (error) {
      this.#options.logger.warn(
        `the feed cannot be kept for a restart: ${(error as Error).message}`,
      );
    }
  }

  /** What was kept is verified again; when any of it is not in order, nothing of it counts. */
  async #restore(): Promise<void> {
    if (!this.#snapshot) {
      return;
    }
    try {
      const state = new PortalState();
      let last: AdmissionFeedPage | undefined;
      for await (const envelope of this.#snapshot.read()) {
        const page = openEnvelope(envelope, this.#key);
        if (last ? page.sequence <= last.sequence : page.since !== '') {
          throw new FeedProblem('feedWentBack', 'its pages are out of order');
        }
        state.apply(page);
        last = page;
      }
      if (last && !last.more) {
        this.#state = state;
        this.#last = last;
        this.#lastSequence = last.sequence;
        this.#readAllAtMs = this.#options.monotonicMs();
      }
    } catch (error) {
      const { reason, message } = asProblem(error);
      this.#options.logger.warn(
        `what was kept of the feed is not used: ${reason}: ${message}`,
      );
    }
  }
}

function asProblem(error: unknown): FeedProblem {
  return error instanceof FeedProblem
    ? error
    : new FeedProblem('feedMalformed', (error as Error).message);
}

async function readPinnedKey(path: string): Promise<KeyObject> {
  let key: KeyObject;
  try {
    key = createPublicKey(await readFile(path, 'utf8'));
  } catch (error) {
    throw new CommandLineError('configuration', [
      `"${path}" cannot be used: ${(error as Error).message}`,
    ]);
  }
  if (key.asymmetricKeyType !== 'ed25519') {
    throw new CommandLineError('configuration', [
      `"${path}" cannot be used: expected an Ed25519 public key`,
    ]);
  }
  return key;
}
