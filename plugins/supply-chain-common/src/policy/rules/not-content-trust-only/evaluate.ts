import { whoChangesImage } from '../../imageOwnership';
import { signatureStatusFor } from '../../signatures/signatureStatusFor';
import { acceptedSignatures } from '../../signatures/acceptedSignatures';
import { RuleContext, RuleResult } from '../rule';
import { subjectProblem } from '../subjectProblem';

/**
 * `not-content-trust-only`: what verifies is more than content trust. Whether anything verifies at all is for
 * `image-signed` to say.
 */
export function evaluateNotContentTrustOnly(
  context: RuleContext<'not-content-trust-only'>,
): RuleResult {
  const { facts, policy, trustRoots, now } = context;
  const problem = subjectProblem(facts);
  if (problem) {
    return problem;
  }
  const question = {
    policy,
    trustRoots,
    now,
    imageRef: facts.image.imageRef,
    ...acceptedSignatures(policy),
  };
  const all = signatureStatusFor({ ...question, signatures: facts.signatures });
  const { nextChangeAt } = all;
  const { imageRef } = facts.image;
  if (all.status !== 'verified') {
    return {
      outcome: 'notApplicable',
      reason: all.reason,
      message: `"${imageRef}" has no trusted signature.`,
      facts: {},
      nextChangeAt,
    };
  }
  const scheme = schemeBesideContentTrust(context);
  return scheme
    ? {
        outcome: 'pass',
        message: `"${imageRef}" is signed with ${scheme}.`,
        facts: { scheme },
        nextChangeAt,
      }
    : { ...onlyContentTrust(context), nextChangeAt };
}

/** The system of a verified signature that is none of content trust. */
function schemeBesideContentTrust({
  facts,
  policy,
  now,
}: RuleContext<'not-content-trust-only'>): string | undefined {
  const { allowViaIndex } = acceptedSignatures(policy);
  return facts.signatures
    .filter(({ expiresAt }) => !expiresAt || now < new Date(expiresAt))
    .flatMap(({ detail }) => detail?.statements ?? [])
    .find(
      ({ scheme, kind, relation, checks }) =>
        scheme !== 'contentTrust' &&
        kind === 'signature' &&
        (allowViaIndex || relation === 'exact') &&
        checks.some(
          ({ status, trustRoot }) =>
            status === 'verified' && policy.trust?.of.includes(trustRoot),
        ),
    )?.scheme;
}

function onlyContentTrust({
  facts,
  policy,
}: RuleContext<'not-content-trust-only'>): RuleResult {
  const { imageRef, repository, digest } = facts.image;
  const image = `${repository}@${digest}`;
  return {
    outcome: 'fail',
    reason: 'contentTrustOnly',
    message: `"${imageRef}" is signed by Docker Content Trust alone, which is being retired.`,
    facts: { scheme: 'contentTrust' },
    remediation: {
      who: whoChangesImage(policy, facts),
      action: 'signImage',
      parameters: { image, trustRoots: policy.trust!.of.join(', ') },
      command: ['cosign', 'sign', image],
    },
  };
}
