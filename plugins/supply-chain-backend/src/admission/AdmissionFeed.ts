import { createHash, createPublicKey, KeyObject, sign } from 'node:crypto';
import { InputError } from '@backstage/errors';
import {
  ADMISSION_FEED_TYPE,
  AdmissionFeedEnvelope,
  AdmissionFeedPage,
  signingInput,
} from 'backstage-plugin-supply-chain-common';
import {
  AdmissionFeedStore,
  ListedScan,
  ReportPosition,
} from '../stores/AdmissionFeedStore';
import { FeedCursor, readCursor, writeCursor } from './FeedCursor';
import { withoutTexts } from './withoutTexts';

/** Scans are read in parts: one alone may have thousands of findings. */
const SCANS_PER_READ = 50;
const PAGE_MAX_CHARACTERS = 4 * 1024 * 1024;

/**
 * What was written this shortly before a webhook asked is told again the next time: a transaction under way then became
 * visible only afterwards.
 */
const OVERLAP_MS = 60_000;

/** Options of {@link AdmissionFeed}. */
export type AdmissionFeedOptions = {
  store: AdmissionFeedStore;
  /** Ed25519. */
  signingKey: KeyObject;
  /** How long a page counts. */
  validityMs: number;
  now(): Date;
};

/** Tells admission webhooks what they cannot find out themselves: signed, numbered and expiring (L34). */
export class AdmissionFeed {
  readonly #options: AdmissionFeedOptions;
  readonly #keyId: string;

  static create(options: AdmissionFeedOptions): AdmissionFeed {
    return new AdmissionFeed(options);
  }

  private constructor(options: AdmissionFeedOptions) {
    this.#options = options;
    const spki = createPublicKey(options.signingKey).export({
      type: 'spki',
      format: 'der',
    });
    this.#keyId = `sha256:${createHash('sha256').update(spki).digest('hex')}`;
  }

  /**
   * The page after a cursor.
   *
   * @throws InputError when the cursor is none of ours.
   */
  async read(since: string): Promise<AdmissionFeedEnvelope> {
    const cursor = readCursor(since);
    if (!cursor) {
      throw new InputError('expected a cursor that this feed gave');
    }
    const { store } = this.#options;
    const startedAt = await store.readTime();
    const { scans, more } = await this.#scansAfter(cursor.position);
    const entitiesVersion = more
      ? cursor.entities
      : await store.entitiesVersion();
    const position = more
      ? scans[scans.length - 1].position
      : beginningAt(before(startedAt));
    const knowsEntities = entitiesVersion === cursor.entities;
    const exploited = await this.#exploitedAfter(cursor, more);
    return this.#sign({
      ...(await this.#stamp()),
      since,
      cursor: writeCursor({
        position,
        entities: entitiesVersion,
        knownExploited: exploited.digest,
      }),
      more,
      scans: scans.map(({ key, hash, scan }) => ({ key, hash, scan })),
      clocks: await store.readClocks(scans.map(({ digest }) => digest)),
      scanners: await store.listScanners(),
      waivers: await store.listWaivers(this.#options.now()),
      ...(!knowsEntities && { entities: await store.listEntities() }),
      ...exploited.page,
    });
  }

  /** The catalogue, on the last page and when it is another one than the webhook knows. */
  async #exploitedAfter(
    { knownExploited: known }: FeedCursor,
    more: boolean,
  ): Promise<{
    digest: string;
    page?: Pick<AdmissionFeedPage, 'knownExploited'>;
  }> {
    if (more) {
      return { digest: known };
    }
    const loaded = await this.#options.store.readCatalogue();
    const digest = loaded?.digest ?? '';
    return {
      digest,
      ...(digest !== known && {
        page: {
          knownExploited: loaded
            ? {
                releasedAt: loaded.catalogue.releasedAt,
                entries: [...loaded.entries.values()],
              }
            : null,
        },
      }),
    };
  }

  async #scansAfter(
    position: ReportPosition,
  ): Promise<{ scans: ListedScan[]; more: boolean }> {
    const scans: ListedScan[] = [];
    let characters = 0;
    let after = position;
    while (characters < PAGE_MAX_CHARACTERS) {
      const part = await this.#options.store.listScans(after, SCANS_PER_READ);
      const reduced = part.map(each => ({
        ...each,
        scan: withoutTexts(each.scan),
      }));
      scans.push(...reduced);
      if (part.length < SCANS_PER_READ) {
        return { scans, more: false };
      }
      characters += JSON.stringify(reduced).length;
      after = part[part.length - 1].position;
    }
    return { scans, more: true };
  }

  async #stamp(): Promise<
    Pick<AdmissionFeedPage, 'version' | 'sequence' | 'issuedAt' | 'expiresAt'>
  > {
    const { store, validityMs, now } = this.#options;
    const issuedAt = now();
    return {
      version: 1,
      sequence: await store.nextSequence(issuedAt.getTime()),
      issuedAt: issuedAt.toISOString(),
      expiresAt: new Date(issuedAt.getTime() + validityMs).toISOString(),
    };
  }

  #sign(page: AdmissionFeedPage): AdmissionFeedEnvelope {
    const payload = Buffer.from(JSON.stringify(page));
    const input = signingInput(ADMISSION_FEED_TYPE, payload);
    return {
      payloadType: ADMISSION_FEED_TYPE,
      payload: payload.toString('base64'),
      signatures: [
        {
          keyid: this.#keyId,
          sig: sign(null, input, this.#options.signingKey).toString('base64'),
        },
      ],
    };
  }
}

function beginningAt(changedAt: string): ReportPosition {
  return { changedAt, feed: '', source: '', uid: '' };
}

function before(instant: string): string {
  return new Date(Date.parse(instant) - OVERLAP_MS).toISOString();
}
