import { parseDigest } from 'backstage-plugin-supply-chain-common';
import { checkSignatures, readRoleKeys, RoleKeys } from './checkSignatures';
import { FileAnswer, FileRequest, TagRole } from './collection';
import { checkNotOlder, CollectionState } from './CollectionState';
import { decodeBase64 } from './decodeBase64';
import { FileMeta } from './fileShapes';
import {
  DELEGATIONS_MAX,
  TARGETS_MAX_BYTES,
  TARGETS_TOTAL_MAX_BYTES,
} from './limits';
import { Refused } from './Refused';
import { checkDescribed, hexOf, TrustFile } from './TrustFile';

/** https://github.com/distribution/reference/blob/v0.6.0/reference.go: only what can be a tag is one. */
const TAG = /^\w[\w.-]{0,127}$/;

type Targets = TrustFile<'Targets'>;

/** A role that has to be read, as its parent describes it. */
type Delegated = {
  name: string;
  keys: RoleKeys;
  /** For each ancestor: prefixes of the tags it may sign. All of them must allow a tag. */
  paths: string[][];
};

/** Roles that were read, with what was left out. */
export type ReadRoles = {
  roles: (TagRole & { version: number; expires: Date })[];
  /** Roles that are delegated to, and could not be believed. */
  ignored: string[];
  notes: string[];
};

/** What stays the same while the roles are read. */
export type TargetsContext = {
  meta: Record<string, FileMeta>;
  previous: CollectionState | undefined;
  now: Date;
};

/**
 * Reads `targets` and everything it delegates to, parents first.
 *
 * https://github.com/notaryproject/notary/blob/v0.7.0/client/tufclient.go (`downloadTargets`)
 *
 * @throws Refused
 */
export function* verifyTargets(
  keys: RoleKeys,
  context: TargetsContext,
): Generator<FileRequest, ReadRoles, FileAnswer> {
  const read: ReadRoles = { roles: [], ignored: [], notes: [] };
  const queue: Delegated[] = [{ name: 'targets', keys, paths: [] }];
  let bytesLeft = TARGETS_TOTAL_MAX_BYTES;
  for (let next = queue.shift(); next; next = queue.shift()) {
    if (read.roles.length + read.ignored.length > DELEGATIONS_MAX) {
      throw new Refused(
        'tooManyCandidates',
        `expected at most ${DELEGATIONS_MAX} delegations, got more`,
      );
    }
    const file = yield* fetchRole(next, { ...context, bytesLeft });
    bytesLeft -= file?.bytes.length ?? 0;
    const problem = file ? problemOf(file, next, context.now) : 'is not listed';
    if (!file || problem) {
      read.ignored.push(next.name);
      read.notes.push(`${next.name} is left out: ${problem}`);
    } else {
      read.roles.push(toRole(file, next));
      queue.unshift(...childrenOf(file, next));
    }
  }
  return read;
}

function* fetchRole(
  { name }: Delegated,
  context: TargetsContext & { bytesLeft: number },
): Generator<FileRequest, Targets | undefined, FileAnswer> {
  const meta = Object.hasOwn(context.meta, name)
    ? context.meta[name]
    : undefined;
  if (!meta) {
    return undefined;
  }
  const maxBytes = Math.min(TARGETS_MAX_BYTES, context.bytesLeft);
  if (meta.length > maxBytes) {
    throw new Refused(
      'tooLarge',
      `expected at most ${maxBytes} bytes of ${name}, got ${meta.length}`,
    );
  }
  const bytes = yield { name, sha256: hexOf(meta), maxBytes };
  if (bytes === 'missing') {
    throw new Refused('trustDataIncomplete', `the server has no ${name}`);
  }
  checkDescribed(bytes, meta);
  const file = TrustFile.read('Targets', bytes, maxBytes);
  checkNotOlder(file, name, context.previous);
  return file;
}

/** Notary goes on without a delegation that expired or is not signed well, never without `targets`. */
function problemOf(
  file: Targets,
  { name, keys }: Delegated,
  now: Date,
): string | undefined {
  try {
    checkSignatures(file, keys);
    file.checkExpiry(now);
    return undefined;
  } catch (error) {
    if (error instanceof Refused && name !== 'targets') {
      return error.message;
    }
    throw error;
  }
}

function childrenOf(file: Targets, parent: Delegated): Delegated[] {
  const { keys, roles } = file.signed.delegations ?? {};
  const names = new Set<string>();
  return (roles ?? []).map(role => {
    const { name } = role;
    const isChild = name.slice(0, name.lastIndexOf('/')) === parent.name;
    // A role speaks for its own children only, or it could hand out what its parent gave to another.
    if (!isChild || names.has(name)) {
      throw file.refuse(
        'trustDataMalformed',
        `${parent.name} delegates to "${name}"`,
      );
    }
    names.add(name);
    return {
      name,
      keys: readRoleKeys(role, keys ?? {}),
      paths: [...parent.paths, role.paths ?? []],
    };
  });
}

function toRole(
  file: Targets,
  { name, paths }: Delegated,
): ReadRoles['roles'][number] {
  const tags = Object.entries(file.signed.targets).flatMap(([tag, target]) => {
    const digest = digestOfTarget(target);
    const isAllowed = paths.every(prefixes =>
      prefixes.some(prefix => tag.startsWith(prefix)),
    );
    return digest && isAllowed && TAG.test(tag)
      ? [{ role: name, tag, digest }]
      : [];
  });
  // Not the file itself: its bytes would be held until the last of all is read.
  const { version, expires } = file.signed;
  return { name, carrier: file.digest, tags, version, expires };
}

function digestOfTarget(target: unknown) {
  const { hashes } = (target ?? {}) as { hashes?: { sha256?: unknown } };
  const sha256 = hashes?.sha256;
  const bytes = typeof sha256 === 'string' ? decodeBase64(sha256) : undefined;
  return bytes && parseDigest(`sha256:${bytes.toString('hex')}`);
}
