import { FindingFacts, Remediation } from '../../../model/finding';
import { ReasonCode } from '../../../model/reasonCodes';
import { whoChangesImage } from '../../imageOwnership';
import {
  SignatureJudgement,
  signatureStatusFor,
} from '../../signatures/signatureStatusFor';
import { signerText } from '../../signatures/signerText';
import { RuleContext, RuleResult } from '../rule';
import { subjectProblem } from '../subjectProblem';

/** `image-signed`: a signature the policy's trust roots account for (L10 to L13). */
export function evaluateImageSigned(
  context: RuleContext<'image-signed'>,
): RuleResult {
  const { facts, policy, trustRoots, now, parameters } = context;
  const problem = subjectProblem(facts);
  if (problem) {
    return problem;
  }
  const judgement = signatureStatusFor({
    policy,
    trustRoots,
    now,
    signatures: facts.signatures,
    imageRef: facts.image.imageRef,
    ...parameters,
  });
  const { nextChangeAt } = judgement;
  return { ...resultOf(judgement, context), nextChangeAt };
}

function resultOf(
  judgement: SignatureJudgement,
  context: RuleContext<'image-signed'>,
): RuleResult {
  const { imageRef } = context.facts.image;
  const facts = factsOf(judgement);
  const signer = facts.signer ?? 'a signer that is not named';
  switch (judgement.status) {
    case 'verified':
      return {
        outcome: 'pass',
        message: `"${imageRef}" is signed by ${signer}.`,
        facts,
      };
    case 'unavailable':
      return {
        outcome: 'unknown',
        reason: judgement.reason,
        message: `It cannot be told whether "${imageRef}" is signed: ${judgement.reason}.`,
        facts,
        remediation: lookRemediation(judgement.reason!, context),
      };
    default: {
      const reason = judgement.viaIndexRefused
        ? 'viaIndexNotAllowed'
        : judgement.reason;
      return {
        outcome: 'fail',
        reason,
        message: `"${imageRef}" has no trusted signature: ${reason}.`,
        facts,
        remediation: signRemediation(judgement, context),
      };
    }
  }
}

function factsOf(judgement: SignatureJudgement): FindingFacts {
  const { status, reason, decidedBy } = judgement;
  const { statement, check } = decidedBy ?? {};
  return {
    status,
    ...(reason && { reason }),
    ...(check && { trustRoot: check.trustRoot }),
    ...(check?.signer && { signer: signerText(check.signer) }),
    ...(check?.signedAt && { signedAt: check.signedAt }),
    ...(statement && {
      foundIn: statement.foundIn,
      relation: statement.relation,
    }),
  };
}

const NEEDS_ACCESS: readonly ReasonCode[] = [
  'registryRefused',
  'accessNotProven',
  'registryNotAllowed',
  'addressNotAllowed',
  'tokenRealmRefused',
  'credentialsWithheld',
];
const NEEDS_TRUST_ROOT: readonly ReasonCode[] = [
  'noTrustRootConfigured',
  'trustRootUnusable',
];

function lookRemediation(
  reason: ReasonCode,
  { facts }: RuleContext<'image-signed'>,
): Remediation | undefined {
  if (reason === 'notCollectedYet') {
    // Nothing is wrong yet; the look is queued.
    return undefined;
  }
  const parameters = { repository: facts.image.repository! };
  if (NEEDS_TRUST_ROOT.includes(reason)) {
    return { who: 'platformTeam', action: 'addTrustRoot', parameters: {} };
  }
  return NEEDS_ACCESS.includes(reason)
    ? { who: 'platformTeam', action: 'grantPullAccess', parameters }
    : { who: 'platformTeam', action: 'retryRegistry', parameters };
}

function signRemediation(
  judgement: SignatureJudgement,
  { facts, policy }: RuleContext<'image-signed'>,
): Remediation {
  const { repository, digest } = facts.image;
  const image = `${repository}@${digest}`;
  const who = whoChangesImage(policy, facts);
  const parameters = { image, trustRoots: policy.trust!.of.join(', ') };
  switch (judgement.status) {
    case 'unsigned':
      return {
        who,
        action: 'signImage',
        parameters,
        command: ['cosign', 'sign', image],
      };
    case 'untrustedSigner':
      return { who, action: 'signWithTrustedIdentity', parameters };
    default:
      return { who, action: 'fixSignature', parameters };
  }
}
