import {
  PlaceLook,
  SignatureStatus,
  SignedStatement,
  TrustCheck,
} from '../model/signature';
import { PolicySet } from '../policy/types';
import { ReportedSignature, ReportedSignatures } from './CheckReport';
import type { CheckedImage } from './checkReportOf';

const WORST_FIRST: readonly SignatureStatus[] = [
  'invalid',
  'expired',
  'untrustedSigner',
  'unsigned',
  'unavailable',
  'verified',
];

/** The signature block of one image. */
export function reportSignatures(
  image: CheckedImage,
  policySet: PolicySet,
): ReportedSignatures {
  const details = image.facts.signatures.flatMap(({ detail }) => detail ?? []);
  const trustRoots = trustRootsOf(image, policySet);
  const signatures = details
    .flatMap(({ statements }) => statements)
    .filter(({ kind }) => kind === 'signature') // L13
    .flatMap(statement =>
      statement.checks
        .filter(check => trustRoots.has(check.trustRoot))
        .map(check => reportSignature(statement, check)),
    );
  return {
    ...worstStatus(image),
    // Verified ones first; otherwise in the order they were found.
    signatures: signatures.sort(
      (one, other) => Number(isVerified(other)) - Number(isVerified(one)),
    ),
    trail: details.flatMap(({ trail }) => trail).map(reportLook),
  };
}

function isVerified({ status }: ReportedSignature): boolean {
  return status === 'verified';
}

/** Status is per policy (L10); the block shows the worst over those that match. */
function worstStatus({
  evaluation,
  failure,
}: CheckedImage): Pick<ReportedSignatures, 'status' | 'reason'> {
  if (failure) {
    return { status: 'unavailable', reason: failure.reason };
  }
  const answers = evaluation.verdicts.flatMap(
    ({ signature }) => signature ?? [],
  );
  const [worst] = answers.sort(
    (one, other) =>
      WORST_FIRST.indexOf(one.status) - WORST_FIRST.indexOf(other.status),
  );
  return worst ?? withoutStatus(evaluation.reason);
}

function withoutStatus(
  reason: CheckedImage['evaluation']['reason'],
): Pick<ReportedSignatures, 'status' | 'reason'> {
  // An evaluation that did not end says nothing about trust roots.
  const undecided = reason === 'ruleTimeout' || reason === 'ruleError';
  return {
    status: 'unavailable',
    reason: undecided ? reason : 'noTrustRootConfigured', // L37
  };
}

function trustRootsOf(
  { evaluation }: CheckedImage,
  policySet: PolicySet,
): Set<string> {
  const matching = new Set(evaluation.verdicts.map(each => each.policy.name));
  return new Set(
    policySet.policies
      .filter(({ name }) => matching.has(name))
      .flatMap(({ trust }) => trust?.of ?? []),
  );
}

function reportSignature(
  { scheme, foundIn, relation }: SignedStatement,
  { status, reason, signer, trustRoot, signedAt }: TrustCheck,
): ReportedSignature {
  return {
    scheme,
    status,
    ...(reason && { reason }),
    ...(signer && {
      signer: signer.type === 'key' ? signer.fingerprint : signer.subject,
    }),
    ...(signer?.type === 'identity' &&
      signer.issuer !== undefined && { issuer: signer.issuer }),
    trustRoot,
    ...(signedAt && { signedAt }),
    foundIn,
    relation,
  };
}

function reportLook({
  scheme,
  place,
  location,
  found,
  complete,
  reason,
  note,
}: PlaceLook): ReportedSignatures['trail'][number] {
  return {
    scheme,
    place,
    location,
    found,
    complete,
    ...(reason && { reason }),
    ...(note && { note }),
  };
}
