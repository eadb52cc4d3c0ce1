import { checkSignatures, readRoleKeys } from './checkSignatures';
import {
  Collection,
  CollectionQuestion,
  CollectionResult,
  FileAnswer,
  FileRequest,
} from './collection';
import {
  checkNotOlder,
  CollectionState,
  readState,
  writeState,
} from './CollectionState';
import { FileMeta, FileType } from './fileShapes';
import { SMALL_FILE_MAX_BYTES } from './limits';
import { Refused } from './Refused';
import { checkDescribed, hexOf, TrustFile } from './TrustFile';
import { standingState, TrustedRoot, verifyRoot } from './verifyRoot';
import { ReadRoles, verifyTargets } from './verifyTargets';

/**
 * Verifies the trust data of one repository. A generator that says which file it needs next and is given the bytes:
 * it fetches nothing, asks no clock and throws nothing.
 *
 * 1. The root is led back to the pin and to the root that was trusted before.
 * 2. The timestamp is signed, in date and no older than before.
 * 3. The snapshot is the one the timestamp describes, and the root the one the snapshot describes.
 * 4. `targets` and its delegations are those the snapshot describes.
 * 5. What is to be remembered is handed back; nothing is after a refusal.
 */
export function* verifyCollection(
  question: CollectionQuestion,
): Generator<FileRequest, CollectionResult, FileAnswer> {
  try {
    const previous = rememberedState(question);
    const trusted = yield* verifyRoot(question, previous);
    if (!trusted) {
      return { outcome: 'absent' };
    }
    const context = { root: trusted.root, previous, now: question.now };
    const timestamp = yield* readSmallFile('Timestamp', { ...context });
    const snapshot = yield* readSmallFile('Snapshot', {
      ...context,
      meta: timestamp.signed.meta.snapshot,
    });
    checkDescribed(trusted.root.bytes, snapshot.signed.meta.root);
    const { roles, keys } = trusted.root.signed;
    const read = yield* verifyTargets(readRoleKeys(roles.targets, keys), {
      ...context,
      meta: snapshot.signed.meta,
    });
    return accept({ question, previous, trusted, timestamp, snapshot, read });
  } catch (error) {
    return refusal(error);
  }
}

function rememberedState(
  question: CollectionQuestion,
): CollectionState | undefined {
  const { previous, trust } = question;
  if (previous === undefined && trust.type === 'firstUse' && !trust.mayBegin) {
    throw new Refused('noPin', 'no root is pinned and none is remembered');
  }
  return previous === undefined
    ? undefined
    : standingState(readState(previous), question);
}

type Context = {
  root: TrustFile<'Root'>;
  previous: CollectionState | undefined;
  now: Date;
  /** How another file describes it; nothing describes the timestamp. */
  meta?: FileMeta;
};

function* readSmallFile<T extends 'Timestamp' | 'Snapshot'>(
  type: T,
  { root, previous, now, meta }: Context,
): Generator<FileRequest, TrustFile<T>, FileAnswer> {
  const name = type.toLowerCase() as 'timestamp' | 'snapshot';
  const bytes = yield {
    name,
    ...(meta && { sha256: hexOf(meta) }),
    maxBytes: SMALL_FILE_MAX_BYTES,
  };
  if (bytes === 'missing') {
    throw new Refused('trustDataIncomplete', `the server has no ${name}`);
  }
  if (meta) {
    checkDescribed(bytes, meta);
  }
  const file = TrustFile.read(type, bytes, SMALL_FILE_MAX_BYTES);
  const { roles, keys } = root.signed;
  checkSignatures<FileType>(file, readRoleKeys(roles[name], keys));
  checkNotOlder(file, name, previous);
  file.checkExpiry(now);
  return file;
}

function accept(options: {
  question: CollectionQuestion;
  previous: CollectionState | undefined;
  trusted: TrustedRoot;
  timestamp: TrustFile<'Timestamp'>;
  snapshot: TrustFile<'Snapshot'>;
  read: ReadRoles;
}): CollectionResult {
  const { question, previous, trusted, timestamp, snapshot, read } = options;
  const { root, signer } = trusted;
  const files = [
    { name: 'root', ...root.signed },
    { name: 'timestamp', ...timestamp.signed },
    { name: 'snapshot', ...snapshot.signed },
    ...read.roles,
  ];
  const versions = Object.fromEntries(
    files.map(({ name, version }) => [name, version]),
  );
  const since = previous?.since ?? question.now;
  const collection: Collection = {
    pinned: question.trust.type,
    since,
    rootKeyIds: root.signed.roles.root.keyids,
    signer: signer.id,
    versions,
    expires: Object.fromEntries(
      files.map(({ name, expires }) => [name, expires]),
    ),
    rollbackProtected: previous !== undefined,
    roles: read.roles.map(({ name, carrier, tags }) => ({
      name,
      carrier,
      tags,
    })),
    notes: read.notes,
  };
  const remembered = { ...keptVersions(previous, read.ignored), ...versions };
  const state = writeState({ since, root, versions: remembered });
  return { outcome: 'accepted', collection, state };
}

/**
 * A role that was left out keeps its version: a server could hide it for a while and then bring back an old one. One
 * that nobody delegates to any more is forgotten.
 */
function keptVersions(
  previous: CollectionState | undefined,
  ignored: string[],
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(previous?.versions ?? {}).filter(([role]) =>
      ignored.includes(role),
    ),
  );
}

/** What nobody foresaw is trust data that cannot be read. */
function refusal(error: unknown): CollectionResult {
  const { message } = error as Error;
  return error instanceof Refused
    ? {
        outcome: 'refused',
        reason: error.reason,
        message,
        ...(error.carrier && { carrier: error.carrier }),
      }
    : { outcome: 'refused', reason: 'trustDataMalformed', message };
}
