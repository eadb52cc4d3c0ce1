import { SignatureStatus } from '../model/signature';
import { matchPolicy } from '../policy/evaluation/matchPolicy';
import { acceptedSignatures } from '../policy/signatures/acceptedSignatures';
import {
  SignatureJudgement,
  signatureStatusFor,
} from '../policy/signatures/signatureStatusFor';
import { signerText } from '../policy/signatures/signerText';
import { PolicyFacts, SupplyChainPolicy, TrustRoot } from '../policy/types';
import type { SignatureSummary } from '../schema/openapi';

/** Which status is shown where policies differ. */
const STATUS_WORST_FIRST: readonly SignatureStatus[] = [
  'invalid',
  'expired',
  'untrustedSigner',
  'unsigned',
  'unavailable',
  'verified',
];

/**
 * Arguments of {@link signatureSummary}.
 *
 * @public
 */
export type SignatureSummaryOptions = {
  facts: PolicyFacts;
  policies: SupplyChainPolicy[];
  trustRoots: TrustRoot[];
  now: Date;
};

/**
 * The signature of an image in a few words: the worst status over the policies that match and say something about
 * signatures. `undefined` when none does, or the digest is not known.
 *
 * @public
 */
export function signatureSummary(
  options: SignatureSummaryOptions,
): SignatureSummary | undefined {
  const { facts, policies } = options;
  if (!facts.image.digest || !facts.image.repository) {
    return undefined;
  }
  if (policies.length === 0) {
    // L37: without any policy there is no trust root that applies.
    return summarize(options, {
      status: 'unavailable',
      reason: 'noTrustRootConfigured',
      viaIndexRefused: false,
    });
  }
  const [worst] = judgementsOf(options).sort(
    (left, right) =>
      STATUS_WORST_FIRST.indexOf(left.status) -
      STATUS_WORST_FIRST.indexOf(right.status),
  );
  return worst && summarize(options, worst);
}

/** What each policy says that matches and says something about signatures. */
export function judgementsOf(
  options: SignatureSummaryOptions,
): SignatureJudgement[] {
  const { facts, policies, trustRoots, now } = options;
  return policies
    .filter(
      policy =>
        matchPolicy(policy, facts).matches &&
        (policy.trust ||
          policy.rules.some(({ use }) => use === 'image-signed')),
    )
    .map(policy =>
      signatureStatusFor({
        policy,
        trustRoots,
        now,
        signatures: facts.signatures,
        imageRef: facts.image.imageRef,
        ...acceptedSignatures(policy),
      }),
    );
}

function summarize(
  { facts }: SignatureSummaryOptions,
  judgement: SignatureJudgement,
): SignatureSummary {
  const { status, reason, decidedBy } = judgement;
  const { statement, check } = decidedBy ?? {};
  const evidence =
    facts.signatures.find(
      each => each.detail?.scheme === (statement?.scheme ?? 'cosign'),
    ) ?? facts.signatures[0];
  const trail = facts.signatures.flatMap(each => each.detail?.trail ?? []);
  return {
    status,
    ...(reason && { reason }),
    ...(statement && {
      scheme: statement.scheme,
      foundIn: statement.foundIn,
      relation: statement.relation,
    }),
    ...(check && { trustRoot: check.trustRoot }),
    ...(check?.signer && { signer: signerText(check.signer) }),
    ...(check?.signedAt && { signedAt: check.signedAt }),
    placesSearched: trail.length,
    ...(evidence && { observedAt: evidence.observedAt }),
    ...(evidence?.lastLook && { lastLook: evidence.lastLook }),
  };
}
