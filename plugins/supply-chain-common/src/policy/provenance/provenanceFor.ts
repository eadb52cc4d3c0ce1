import { EvidenceOf } from '../../model/evidence';
import { ProvenanceStatement } from '../../model/provenance';
import { ReasonCode } from '../../model/reasonCodes';
import { TrustCheck } from '../../model/signature';
import { earliestInstant } from '../earliestInstant';
import { checkAtInstant, checkChangesAt } from '../signatures/keyPeriods';
import {
  BuildLevel,
  PolicyFacts,
  SupplyChainPolicy,
  TrustRoot,
} from '../types';
import {
  buildLevelOf,
  BuildLevelResult,
  ProvenanceParameters,
} from './buildLevelOf';
import { BuildFacts } from './buildFacts';
import { isAboutImage } from './isAboutImage';
import { ProvenanceStatus } from './ProvenanceStatus';
import { unreadPlace } from './unreadPlace';

/**
 * Arguments of {@link provenanceFor}.
 *
 * @public
 */
export type ProvenanceQuestion = {
  policy: Pick<SupplyChainPolicy, 'trust'>;
  trustRoots: TrustRoot[];
  facts: Pick<PolicyFacts, 'image' | 'provenance' | 'origin'>;
  parameters: ProvenanceParameters;
  now: Date;
};

/**
 * A statement with what one trust root says of it; a bare statement has no check.
 *
 * @public
 */
export type JudgedProvenance = BuildLevelResult & {
  statement: ProvenanceStatement;
  check?: TrustCheck;
};

/**
 * What is known of how an image was made under one policy, and what decided it.
 *
 * @public
 */
export type ProvenanceJudgement = {
  status: ProvenanceStatus;
  level: BuildLevel;
  /** What the level rests on, or why it is no higher or the status no better; the most telling first. */
  reasons: ReasonCode[];
  /** Set when something speaks against the build although it is attested, for instance a pull request. */
  objection?: ReasonCode;
  /** In words: what contradicts what. */
  contradiction?: string;
  build: BuildFacts;
  /** Absent for `absent` and `unavailable`. */
  decidedBy?: Pick<JudgedProvenance, 'statement' | 'check'>;
  /** Everything that was judged, the best first. */
  candidates: JudgedProvenance[];
  /** RFC 3339: when the clock alone changes the judgement. */
  nextChangeAt?: string;
};

/**
 * The one place where provenance gets its status and level, in the order of signatures (L10): one good statement
 * suffices and the best level wins, a bad one beside it neither helps nor hurts. Then `unavailable` if a place was not
 * read to its end, else the first that occurs of `mismatch`, `invalid`, `untrustedSigner`, `claimed`, else `absent`.
 *
 * Any trust root the policy names may account for it: `all` and `atLeast` count who vouches for the image, and a
 * build has one platform. A statement about the index covers the manifests it lists.
 *
 * @public
 */
export function provenanceFor(
  question: ProvenanceQuestion,
): ProvenanceJudgement {
  const { policy, trustRoots, facts, now } = question;
  const named = policy.trust?.of ?? [];
  const roots = trustRoots.filter(({ name }) => named.includes(name));
  if (named.some(name => roots.every(root => root.name !== name))) {
    return unavailable('trustRootUnusable');
  }
  // Content trust and the Notary Project sign images, never statements.
  const usable = roots.filter(
    ({ spec }) => spec.type === 'keys' || spec.type === 'sigstore',
  );
  if (usable.length === 0) {
    return unavailable('noTrustRootConfigured'); // L37
  }
  const evidence = facts.provenance;
  if (!evidence) {
    return unavailable('notCollectedYet');
  }
  // L6: an earlier result stands until its end and no longer.
  return evidence.expiresAt !== undefined && now >= new Date(evidence.expiresAt)
    ? unavailable('evidenceExpired')
    : judge(question, evidence, usable);
}

function judge(
  question: ProvenanceQuestion,
  evidence: EvidenceOf<'provenance'>,
  roots: TrustRoot[],
): ProvenanceJudgement {
  const candidates = candidatesOf(question, evidence, roots).sort(bestFirst);
  const nextChangeAt = earliestInstant([
    evidence.expiresAt,
    ...candidates.map(({ check }) => {
      const root = roots.find(({ name }) => name === check?.trustRoot);
      return check && root && checkChangesAt(check, root);
    }),
  ]);
  const best = candidates.find(({ status }) => status === 'verified');
  return {
    ...(best ? fromCandidate(best) : notVerified(evidence, candidates)),
    candidates,
    ...(nextChangeAt && { nextChangeAt }),
  };
}

function candidatesOf(
  { facts, parameters, now }: ProvenanceQuestion,
  { detail }: EvidenceOf<'provenance'>,
  roots: TrustRoot[],
): JudgedProvenance[] {
  const { repository, digest } = facts.image;
  if (!repository || !digest) {
    return [];
  }
  const subject = { repository, digest };
  return (detail?.statements ?? [])
    .filter(each => isAboutOrigin(each.content) && isAboutImage(each, facts))
    .flatMap(statement =>
      checksOf(statement, roots, now).map(check => ({
        ...buildLevelOf({ statement, check, subject, parameters }),
        statement,
        ...(check && { check }),
      })),
    );
}

/** What is known by its name only, scans, and statements about vulnerabilities say nothing of how an image was made. */
function isAboutOrigin({ type }: ProvenanceStatement['content']): boolean {
  return type !== 'other' && type !== 'vulnerabilityScan' && type !== 'vex';
}

function checksOf(
  statement: ProvenanceStatement,
  roots: TrustRoot[],
  now: Date,
): (TrustCheck | undefined)[] {
  if (!statement.signed) {
    return [undefined];
  }
  const checks = statement.checks.flatMap(check => {
    const root = roots.find(({ name }) => name === check.trustRoot);
    return root ? [checkAtInstant({ check, root, now })] : [];
  });
  // A root that accounts for the signer is enough; that others know nothing of it says nothing about the build (L12).
  const accounted = checks.filter(({ status }) => status === 'verified');
  return accounted.length > 0 ? accounted : checks;
}

/** A build nothing speaks against, then the level, then what says where the source is, then the image itself. */
function bestFirst(left: JudgedProvenance, right: JudgedProvenance): number {
  return (
    Number(left.objection !== undefined) -
      Number(right.objection !== undefined) ||
    right.level - left.level ||
    Number(right.facts.repository !== undefined) -
      Number(left.facts.repository !== undefined) ||
    Number(left.statement.relation === 'viaIndex') -
      Number(right.statement.relation === 'viaIndex')
  );
}

type Answer = Omit<ProvenanceJudgement, 'candidates' | 'nextChangeAt'>;

function fromCandidate(candidate: JudgedProvenance): Answer {
  const { status, level, reasons, objection, contradiction } = candidate;
  const { facts, statement, check } = candidate;
  return {
    status,
    level,
    reasons,
    ...(objection && { objection }),
    ...(contradiction && { contradiction }),
    build: facts,
    decidedBy: { statement, ...(check && { check }) },
  };
}

const NOT_VERIFIED: readonly ProvenanceStatus[] = [
  'unavailable',
  'mismatch',
  'invalid',
  'untrustedSigner',
  'claimed',
];

function notVerified(
  evidence: EvidenceOf<'provenance'>,
  candidates: JudgedProvenance[],
): Answer {
  const unread = unreadPlace(evidence);
  if (unread) {
    return unavailable(unread);
  }
  const decidedBy = NOT_VERIFIED.flatMap(status =>
    candidates.filter(each => each.status === status),
  )[0];
  if (decidedBy?.status === 'unavailable') {
    return unavailable(decidedBy.reasons[0] ?? 'trustRootUnusable');
  }
  if (decidedBy) {
    return fromCandidate(decidedBy);
  }
  return evidence.status === 'invalid'
    ? without('invalid', evidence.reason ?? 'provenanceUnreadable')
    : without('absent', 'noProvenance');
}

function without(status: ProvenanceStatus, reason: ReasonCode) {
  return { status, level: 0 as const, reasons: [reason], build: {} };
}

function unavailable(reason: ReasonCode): ProvenanceJudgement {
  return { ...without('unavailable', reason), candidates: [] };
}
