import { EvidenceOf } from '../../model/evidence';
import { REASON_CODES, ReasonCode } from '../../model/reasonCodes';
import {
  SignatureScheme,
  SignatureStatus,
  TrustCheck,
} from '../../model/signature';
import { JudgedCheck, verifiedOf } from './judgedCheck';
import { incompleteReason, Relevance } from './relevantPlaces';
import { schemeOf } from './signatureSchemes';

type NotVerified = Relevance & {
  evidence: EvidenceOf<'signature'>[];
  standing: EvidenceOf<'signature'>[];
  accepted: JudgedCheck[];
  /** The signing systems the policy's roots accept. */
  schemes: ReadonlySet<SignatureScheme>;
};

type Answer = {
  status: SignatureStatus;
  reason?: ReasonCode;
  decidedBy?: JudgedCheck;
};

/** L10: the order of the status. */
export function judgeNotVerified(options: NotVerified): Answer {
  const { standing, accepted } = options;
  const missing = missingEvidence(options);
  if (missing) {
    return { status: 'unavailable', reason: missing };
  }
  const unusable = firstWith('unavailable', accepted);
  if (unusable) {
    return unusable;
  }
  const broken = standing.find(({ status }) => status === 'invalid');
  return (
    firstWith('invalid', accepted) ??
    (broken && {
      status: 'invalid',
      reason: broken.reason ?? 'malformedBundle',
    }) ??
    firstWith('expired', accepted) ??
    tooFewSigners(accepted) ??
    firstWith('untrustedSigner', accepted) ??
    unsigned(standing)
  );
}

function missingEvidence({
  evidence,
  standing,
  schemes,
  ...relevance
}: NotVerified): ReasonCode | undefined {
  const collected = new Set(evidence.map(schemeOf));
  if ([...schemes].some(scheme => !collected.has(scheme))) {
    return 'notCollectedYet';
  }
  if (standing.length < evidence.length) {
    return 'evidenceExpired';
  }
  return evidence
    .map(each => reasonNotRead(each, relevance))
    .find(reason => reason !== undefined);
}

function reasonNotRead(
  evidence: EvidenceOf<'signature'>,
  relevance: Relevance,
): ReasonCode | undefined {
  if (evidence.status === 'unavailable') {
    return evidence.reason ?? 'notCollectedYet';
  }
  // Evidence that is invalid as a whole carries no trail: what was read is what is wrong.
  return evidence.status === 'invalid' && !evidence.detail
    ? undefined
    : incompleteReason(evidence, relevance);
}

function firstWith(
  status: TrustCheck['status'],
  checks: JudgedCheck[],
): Answer | undefined {
  const rank = Object.keys(REASON_CODES) as ReasonCode[];
  // The order of the table goes from telling to less telling; it makes the choice independent of the order of checks.
  const [decidedBy] = checks
    .filter(({ check }) => check.status === status)
    .sort(
      (a, b) => rank.indexOf(a.check.reason!) - rank.indexOf(b.check.reason!),
    );
  return decidedBy && { status, reason: decidedBy.check.reason, decidedBy };
}

function tooFewSigners(checks: JudgedCheck[]): Answer | undefined {
  const [decidedBy] = verifiedOf(checks);
  return (
    decidedBy && {
      status: 'untrustedSigner',
      reason: 'tooFewSigners',
      decidedBy,
    }
  );
}

function unsigned(standing: EvidenceOf<'signature'>[]): Answer {
  const attested = standing.some(each =>
    each.detail?.statements.some(({ kind }) => kind === 'attestation'),
  );
  return {
    status: 'unsigned',
    reason: attested ? 'attestedOnly' : 'noSignature',
  };
}
