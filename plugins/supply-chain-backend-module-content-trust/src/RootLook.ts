import {
  ContentTrustFacts,
  Digest,
  ImageSubject,
  PlaceLook,
  ReasonCode,
  SignedStatement,
  statusOfReason,
} from 'backstage-plugin-supply-chain-common';
import { stateTags } from './stateTags';
import { Collection, CollectionResult } from './verify';

/** What is looked for under one trust root. */
export type RootTarget = {
  /** Name of the TrustRoot document. */
  trustRoot: string;
  server: string;
  subject: ImageSubject;
  parents: readonly Digest[];
  namedTags: readonly string[];
};

/** What one trust root has to say about an image. */
export type RootLook = {
  trail: PlaceLook[];
  statements: SignedStatement[];
  facts?: ContentTrustFacts;
  /** When the first of its files goes past its date. */
  expires?: Date;
};

/** An answer, or that the trust root does not speak for the repository. */
export type RootResult = CollectionResult | { outcome: 'notPinned' };

/** Describes what was read under a trust root. */
export function describeResult(
  target: RootTarget,
  result: RootResult,
): RootLook {
  switch (result.outcome) {
    case 'accepted':
      return describeCollection(target, result.collection);
    case 'absent':
      return quietLook(target, 'the server has no trust data for it');
    case 'notPinned':
      return quietLook(target, 'the trust root pins nothing for it');
    case 'refused':
      return statusOfReason(result.reason) === 'unavailable'
        ? unreadRoot(target, result)
        : refusedLook(target, result);
    default:
      throw new TypeError(`unknown outcome ${JSON.stringify(result)}`);
  }
}

/** A look that did not come to its end. */
export function unreadRoot(
  target: RootTarget,
  failure: { reason: ReasonCode; message: string },
): RootLook {
  const { reason, message: note } = failure;
  const statements: SignedStatement[] = [];
  return { trail: trailOf(target, { statements, reason, note }), statements };
}

/** Without registry facts nobody knows which indexes to look for, so a look is not complete (L5). */
export function withoutParents(look: RootLook, reason: ReasonCode): RootLook {
  const note = 'it is not known which indexes list the image';
  return {
    ...look,
    trail: look.trail.map(each =>
      each.complete ? { ...each, complete: false, reason, note } : each,
    ),
  };
}

function quietLook(target: RootTarget, note: string): RootLook {
  return { trail: trailOf(target, { statements: [], note }), statements: [] };
}

/** No tag of refused trust data is believed, so one statement says why for all of them. */
function refusedLook(
  target: RootTarget,
  refused: { reason: ReasonCode; message: string; carrier?: Digest },
): RootLook {
  const { reason, message, carrier } = refused;
  const { digest } = target.subject;
  const statement: SignedStatement = {
    scheme: 'contentTrust',
    kind: 'signature',
    foundIn: 'contentTrust',
    carrier: carrier ?? digest,
    relation: 'exact',
    checks: [
      {
        trustRoot: target.trustRoot,
        status: statusOfReason(reason),
        reason,
      },
    ],
  };
  const statements = [statement];
  return { trail: trailOf(target, { statements, note: message }), statements };
}

function describeCollection(
  target: RootTarget,
  collection: Collection,
): RootLook {
  const { trustRoot, subject, parents, namedTags } = target;
  const { digest } = subject;
  const statements = stateTags({
    trustRoot,
    collection,
    digest,
    parents,
    namedTags,
  });
  const notes = [
    ...(collection.rollbackProtected ? [] : ['no rollback protection']),
    ...collection.notes,
  ];
  const [expires] = Object.values(collection.expires).sort(
    (one, other) => one.getTime() - other.getTime(),
  );
  return {
    trail: trailOf(target, { statements, note: notes.join('; ') }),
    statements,
    facts: factsOf(target, collection),
    expires,
  };
}

function factsOf(
  { trustRoot, server, subject }: RootTarget,
  collection: Collection,
): ContentTrustFacts {
  const { pinned, since, rootKeyIds, versions, expires, rollbackProtected } =
    collection;
  return {
    server,
    gun: subject.repository,
    trustRoot,
    pinned,
    ...(pinned === 'firstUse' && { firstUsedAt: since.toISOString() }),
    rootKeyIds,
    versions,
    expires: Object.fromEntries(
      Object.entries(expires).map(([role, time]) => [role, time.toISOString()]),
    ),
    rollbackProtected,
  };
}

/** One look for the subject and for every index that lists it. */
function trailOf(
  { trustRoot, server, subject, parents }: RootTarget,
  options: {
    statements: SignedStatement[];
    reason?: ReasonCode;
    note?: string;
  },
): PlaceLook[] {
  const { statements, reason, note } = options;
  return [subject.digest, ...parents].map(about => ({
    place: 'contentTrust',
    scheme: 'contentTrust',
    location: `${server}/v2/${subject.repository}/_trust/tuf/`,
    about,
    trustRoot,
    complete: reason === undefined,
    found: statements.filter(
      ({ covers }) => (covers ?? subject.digest) === about,
    ).length,
    ...(reason && { reason }),
    ...(note && { note }),
  }));
}
