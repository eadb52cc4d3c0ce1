import {
  Digest,
  ReasonCode,
  SignedStatement,
  SignedTag,
  statusOfReason,
  TrustCheck,
} from 'backstage-plugin-supply-chain-common';
import { Collection, CollectionTag } from './verify';

/** Statements of one trust root about one image: tags that workloads name come first. */
export const STATEMENTS_MAX = 64;

/** The roles Docker asks, the first one first: https://docs.docker.com/engine/security/trust/trust_delegation/ */
const COUNTED_ROLES = ['targets/releases', 'targets'];

/** What tags are asked about. */
export type TagQuestion = {
  /** Name of the TrustRoot document. */
  trustRoot: string;
  collection: Collection;
  digest: Digest;
  /** Indexes that list the digest (L3). */
  parents: readonly Digest[];
  /** Tags that workloads name without a digest. */
  namedTags: readonly string[];
};

/**
 * What a collection says about an image (L16): every tag that is signed to it or to an index that lists it, and every
 * tag that a workload names and that is signed to something else.
 */
export function stateTags(question: TagQuestion): SignedStatement[] {
  const { collection, digest, parents, namedTags } = question;
  const about = [digest, ...parents];
  const effective = effectiveTags(collection);
  const entries = collection.roles.flatMap(({ tags }) => tags);
  const isNamed = ({ tag }: CollectionTag) => namedTags.includes(tag);
  const told = entries.filter(
    entry =>
      about.includes(entry.digest) ||
      (isNamed(entry) && effective.get(entry.tag) === entry),
  );
  return [...told.filter(isNamed), ...told.filter(entry => !isNamed(entry))]
    .slice(0, STATEMENTS_MAX)
    .map(entry =>
      toStatement(question, entry, reasonAgainst(entry, { about, effective })),
    );
}

/** For each tag the entry that Docker takes. */
function effectiveTags({ roles }: Collection): Map<string, CollectionTag> {
  const effective = new Map<string, CollectionTag>();
  for (const name of COUNTED_ROLES) {
    const tags = roles.find(role => role.name === name)?.tags ?? [];
    tags
      .filter(({ tag }) => !effective.has(tag))
      .forEach(entry => effective.set(entry.tag, entry));
  }
  return effective;
}

function reasonAgainst(
  entry: CollectionTag,
  options: { about: Digest[]; effective: Map<string, CollectionTag> },
): ReasonCode | undefined {
  const { about, effective } = options;
  if (!about.includes(entry.digest)) {
    return 'tagSignsOtherDigest';
  }
  if (!COUNTED_ROLES.includes(entry.role)) {
    return 'delegationNotCounted';
  }
  return effective.get(entry.tag)?.digest === entry.digest
    ? undefined
    : 'tagShadowed';
}

function toStatement(
  question: TagQuestion,
  entry: CollectionTag,
  reason: ReasonCode | undefined,
): SignedStatement {
  const { collection, parents } = question;
  const role = collection.roles.find(({ name }) => name === entry.role)!;
  const signedTag: SignedTag = {
    role: entry.role,
    tag: entry.tag,
    digest: entry.digest,
  };
  return {
    scheme: 'contentTrust',
    kind: 'signature',
    foundIn: 'contentTrust',
    carrier: role.carrier,
    covers: entry.digest,
    relation: parents.includes(entry.digest) ? 'viaIndex' : 'exact',
    signedTag,
    checks: [toCheck(question, reason)],
  };
}

function toCheck(
  { trustRoot, collection }: TagQuestion,
  reason: ReasonCode | undefined,
): TrustCheck {
  const isFirstUse = collection.pinned === 'firstUse';
  return {
    trustRoot,
    ...(reason
      ? { status: statusOfReason(reason), reason }
      : { status: 'verified' }),
    // Who vouches is the owner of the root: it names the keys of all other roles.
    signer: { type: 'key', fingerprint: `sha256:${collection.signer}` },
    ...(isFirstUse && { firstUse: true }),
  };
}
