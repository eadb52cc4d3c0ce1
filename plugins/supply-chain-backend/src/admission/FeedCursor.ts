import { ReportPosition } from '../stores/AdmissionFeedStore';

/** Where a webhook stands. To the webhook it is one opaque word. */
export type FeedCursor = {
  position: ReportPosition;
  /** Version of the entities it knows; empty: none. */
  entities: string;
  /** Digest of the catalogue of known exploited vulnerabilities it knows; empty: none. */
  knownExploited: string;
};

/** The beginning: nothing is known. */
export const FEED_BEGINNING: FeedCursor = {
  position: { changedAt: '', feed: '', source: '', uid: '' },
  entities: '',
  knownExploited: '',
};

/** The word for a cursor. */
export function writeCursor(cursor: FeedCursor): string {
  const { position, entities, knownExploited } = cursor;
  const { changedAt, feed, source, uid } = position;
  const text = JSON.stringify([
    changedAt,
    feed,
    source,
    uid,
    entities,
    knownExploited,
  ]);
  return Buffer.from(text).toString('base64url');
}

/** The cursor of a word; `undefined` when it is none of ours. */
export function readCursor(word: string): FeedCursor | undefined {
  if (word === '') {
    return FEED_BEGINNING;
  }
  const parts = parse(word);
  if (
    !Array.isArray(parts) ||
    // One with five parts is of a version that knew no catalogue.
    ![5, 6].includes(parts.length) ||
    !parts.every((part): part is string => typeof part === 'string')
  ) {
    return undefined;
  }
  const [changedAt, feed, source, uid, entities, knownExploited = ''] = parts;
  return {
    position: { changedAt, feed, source, uid },
    entities,
    knownExploited,
  };
}

function parse(word: string): unknown {
  try {
    return JSON.parse(Buffer.from(word, 'base64url').toString('utf8'));
  } catch {
    // The caller says that it is none.
    return undefined;
  }
}
