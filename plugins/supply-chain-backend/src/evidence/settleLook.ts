import {
  Evidence,
  LastLook,
  ReasonCode,
} from 'backstage-plugin-supply-chain-common';
import { contentHash } from '../database/contentHash';
import { StoredEvidence, TrustDigests } from '../stores/EvidenceStore';

/** Reasons that are an answer, though not a good one: they replace an earlier result at once. */
const DEFINITIVE: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'subjectNotFound',
  'registryNotAllowed',
  'addressNotAllowed',
  'credentialsWithheld',
  'noTrustRootConfigured',
  'trustRootUnusable',
  'tooManyCandidates',
  'referenceUnreadable',
]);

/** Options of {@link settleLook}. */
export type SettleLookOptions = {
  previous: StoredEvidence | undefined;
  next: Evidence;
  /** The trust roots the look was made with. */
  trust: TrustDigests;
  now: Date;
};

/** What {@link settleLook} decides. */
export type SettledLook = {
  stored: StoredEvidence;
  /** Whether verdicts depend on the difference. */
  changed: boolean;
  /** Why the look did not come to its end; absent when it did. */
  failure?: ReasonCode;
  transition?: 'lookFailed' | 'lookRestored';
};

/**
 * Puts a new look beside an earlier one (L6). A look that failed for a passing reason leaves an earlier result as it
 * stands until that expires; every other look replaces it.
 */
export function settleLook(options: SettleLookOptions): SettledLook {
  const { previous, next, now } = options;
  const failure = passingFailureOf(next);
  const stands =
    failure !== undefined &&
    previous !== undefined &&
    isStanding(previous, now);
  return stands
    ? keepPrevious({ previous, failure, next, now })
    : replacePrevious({ ...options, failure });
}

/** The reason why a look may come to something else when it is made again; undefined when it came to its end. */
export function passingFailureOf(evidence: Evidence): ReasonCode | undefined {
  if (evidence.status === 'unavailable') {
    const reason = evidence.reason ?? 'collectorError';
    return DEFINITIVE.has(reason) ? undefined : reason;
  }
  if (evidence.kind === 'signature' || evidence.kind === 'provenance') {
    // Part of the places only: it may lack the very statement that counted before.
    return evidence.detail?.trail.find(
      look => !look.complete && !(look.reason && DEFINITIVE.has(look.reason)),
    )?.reason;
  }
  return undefined;
}

function isStanding({ evidence }: StoredEvidence, now: Date): boolean {
  return (
    evidence.status !== 'unavailable' &&
    passingFailureOf(evidence) === undefined &&
    (!evidence.expiresAt || Date.parse(evidence.expiresAt) > now.getTime())
  );
}

function keepPrevious(options: {
  previous: StoredEvidence;
  failure: ReasonCode;
  next: Evidence;
  now: Date;
}): SettledLook {
  const { previous, failure, next, now } = options;
  const before = previous.evidence.lastLook;
  const lastLook: LastLook = {
    failedAt: now.toISOString(),
    reason: failure,
    ...(next.lastLook?.nextLookAt && { nextLookAt: next.lastLook.nextLookAt }),
  };
  const evidence = { ...previous.evidence, lastLook };
  const hash = evidenceHash(evidence, previous.trust);
  return {
    stored: { ...previous, evidence, hash },
    changed: hash !== previous.hash,
    failure,
    ...(!before && { transition: 'lookFailed' as const }),
  };
}

function replacePrevious(
  options: SettleLookOptions & { failure: ReasonCode | undefined },
): SettledLook {
  const { previous, next, trust, now, failure } = options;
  const hash = evidenceHash(next, trust);
  const firstAbsentAt =
    next.status === 'absent'
      ? previous?.firstAbsentAt ?? now.toISOString()
      : undefined;
  return {
    stored: {
      evidence: next,
      hash,
      trust,
      ...(firstAbsentAt && { firstAbsentAt }),
    },
    changed: hash !== previous?.hash,
    ...(failure && { failure }),
    ...transitionOf(previous, failure),
  };
}

function transitionOf(
  previous: StoredEvidence | undefined,
  failure: ReasonCode | undefined,
): Pick<SettledLook, 'transition'> {
  const failedBefore =
    previous !== undefined &&
    (previous.evidence.lastLook !== undefined ||
      passingFailureOf(previous.evidence) !== undefined);
  if (failure && !failedBefore) {
    return { transition: 'lookFailed' };
  }
  return failedBefore && !failure ? { transition: 'lookRestored' } : {};
}

/** Of everything verdicts depend on: when something was looked at is none of it. */
export function evidenceHash(evidence: Evidence, trust: TrustDigests): string {
  return contentHash([
    evidence.status,
    evidence.reason ?? null,
    evidence.detail ?? null,
    evidence.lastLook?.reason ?? null,
    Object.entries(trust).sort(([left], [right]) => (left < right ? -1 : 1)),
  ]);
}
