import { certifiedKeys, isIssuedBy } from './checkRootCertificates';
import { checkSignatures, readRoleKeys, RoleKeys } from './checkSignatures';
import {
  CollectionQuestion,
  CollectionTrust,
  FileAnswer,
  FileRequest,
} from './collection';
import { checkNotOlder, CollectionState } from './CollectionState';
import { ROTATIONS_MAX, SMALL_FILE_MAX_BYTES } from './limits';
import { Refused } from './Refused';
import { RoleKey } from './RoleKey';
import { TrustFile } from './TrustFile';

type Root = TrustFile<'Root'>;
type Question = Pick<CollectionQuestion, 'gun' | 'trust' | 'now'>;

/** A root that may be trusted. */
export type TrustedRoot = { root: Root; signer: RoleKey };

/**
 * Fetches the current root and leads it back to what is trusted: to the root that was trusted before, step by step,
 * and always to the pin.
 *
 * https://github.com/notaryproject/notary/blob/v0.7.0/trustpinning/certs.go (`ValidateRoot`)
 *
 * @returns `undefined` when there is no collection.
 * @throws Refused
 */
export function* verifyRoot(
  question: Question,
  previous: CollectionState | undefined,
): Generator<FileRequest, TrustedRoot | undefined, FileAnswer> {
  const bytes = yield { name: 'root', maxBytes: SMALL_FILE_MAX_BYTES };
  if (bytes === 'missing') {
    return undefined;
  }
  const root = TrustFile.read('Root', bytes, SMALL_FILE_MAX_BYTES);
  checkNotOlder(root, 'root', previous);
  if (previous) {
    yield* followRotations({ from: previous.root, to: root, question });
  }
  const keys = readRoleKeys(root.signed.roles.root, root.signed.keys);
  const [signer] = checkSignatures(root, {
    ...keys,
    keys: pinnedKeys(keys, question, root),
  });
  root.checkExpiry(question.now);
  return { root, signer };
}

/** What was remembered, unless the pin has changed since: a pin is said by people, a memory is only ours. */
export function standingState(
  state: CollectionState | undefined,
  question: Question,
): CollectionState | undefined {
  if (!state || question.trust.type === 'firstUse') {
    return state;
  }
  const { roles, keys } = state.root.signed;
  try {
    const known = certifiedKeys(readRoleKeys(roles.root, keys).keys, {
      gun: question.gun,
    });
    return known.some(key => isPinned(key, question.trust, question.now))
      ? state
      : undefined;
  } catch (error) {
    throw error instanceof Refused
      ? new Refused('trustStateUnreadable', error.message)
      : error;
  }
}

/** TUF 5.3: every root between the two, each signed by the one before it and by itself. */
function* followRotations(options: {
  from: Root;
  to: Root;
  question: Question;
}): Generator<FileRequest, void, FileAnswer> {
  const { from, to, question } = options;
  const steps = to.signed.version - from.signed.version;
  if (steps === 0) {
    checkUnchanged(from, to);
    return;
  }
  if (steps > ROTATIONS_MAX) {
    throw new Refused(
      'tooManyCandidates',
      `expected at most ${ROTATIONS_MAX} roots after the one that is known, got ${steps}`,
    );
  }
  let trusted = from;
  while (trusted !== to) {
    const version = trusted.signed.version + 1;
    const next: Root =
      version === to.signed.version ? to : yield* fetchRoot(version);
    checkRotation({ trusted, next, version, gun: question.gun });
    trusted = next;
  }
}

function* fetchRoot(version: number): Generator<FileRequest, Root, FileAnswer> {
  const bytes = yield {
    name: `${version}.root`,
    maxBytes: SMALL_FILE_MAX_BYTES,
  };
  if (bytes === 'missing') {
    throw new Refused(
      'trustDataIncomplete',
      `the server has no version ${version} of the root`,
    );
  }
  return TrustFile.read('Root', bytes, SMALL_FILE_MAX_BYTES);
}

/** One version is one content; only signatures may differ. */
function checkUnchanged(from: Root, to: Root): void {
  if (!from.signedBytes.equals(to.signedBytes)) {
    throw to.refuse(
      'rootRotationInvalid',
      `version ${to.signed.version} of the root is not the one that is known`,
    );
  }
}

function checkRotation(options: {
  trusted: Root;
  next: Root;
  version: number;
  gun: string;
}): void {
  const { trusted, next, version, gun } = options;
  try {
    if (next.signed.version !== version) {
      throw new Refused('rootRotationInvalid', `expected version ${version}`);
    }
    for (const { signed } of [trusted, next]) {
      const keys = readRoleKeys(signed.roles.root, signed.keys);
      // Certificates may have ended since: only the last root must be good today.
      checkSignatures(next, {
        ...keys,
        keys: certifiedKeys(keys.keys, { gun }),
      });
    }
  } catch (error) {
    throw error instanceof Refused
      ? next.refuse('rootRotationInvalid', error.message)
      : error;
  }
}

function pinnedKeys(
  { keys }: RoleKeys,
  { gun, trust, now }: Question,
  root: Root,
): RoleKey[] {
  const pinned = attribute(root, () =>
    certifiedKeys(keys, { gun, now }),
  ).filter(key => isPinned(key, trust, now));
  if (pinned.length === 0) {
    throw root.refuse(
      'rootNotPinned',
      `root key ids: ${keys.map(({ id }) => id).join(', ')}`,
    );
  }
  return pinned;
}

/** Says which file a refusal is about. */
function attribute<T>(root: Root, task: () => T): T {
  try {
    return task();
  } catch (error) {
    throw error instanceof Refused
      ? root.refuse(error.reason, error.message)
      : error;
  }
}

function isPinned(key: RoleKey, trust: CollectionTrust, now: Date): boolean {
  if (trust.type === 'firstUse') {
    return true;
  }
  return trust.type === 'rootKeyIds'
    ? trust.rootKeyIds.includes(key.id)
    : isIssuedBy(key, trust.authorities, now);
}
