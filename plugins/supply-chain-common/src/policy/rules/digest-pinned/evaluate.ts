import { parseImageReference } from '../../../model/imageReference';
import { Remediation } from '../../../model/finding';
import { whoChangesWorkload } from '../../imageOwnership';
import { matchesTextPattern } from '../../textPattern';
import { RuleContext, RuleResult } from '../rule';
import { unreadableReference } from '../subjectProblem';

/** `digest-pinned`: the workload names a digest. */
export function evaluateDigestPinned(
  context: RuleContext<'digest-pinned'>,
): RuleResult {
  const { facts, parameters } = context;
  const { imageRef } = facts.image;
  const parsed = parseImageReference(imageRef);
  if (!parsed.ok) {
    return unreadableReference(facts);
  }
  const { digest, tag } = parsed.reference;
  if (digest !== undefined) {
    return {
      outcome: 'pass',
      message: `The workload names the digest of "${imageRef}".`,
      facts: { imageRef, digest },
    };
  }
  if (facts.where === null) {
    return {
      outcome: 'notApplicable',
      message: `No workload is known to use "${imageRef}".`,
      facts: { imageRef, tag: tag! },
    };
  }
  // A reference with neither digest nor tag means `latest`; the parser fills it in.
  const moves = parameters.movingTags.some(glob =>
    matchesTextPattern({ glob }, tag!),
  );
  return {
    outcome: 'fail',
    reason: moves ? 'movingTag' : 'unpinnedReference',
    message: moves
      ? `The workload names "${imageRef}", and the tag "${tag}" moves.`
      : `The workload names "${imageRef}" without a digest.`,
    facts: { imageRef, tag: tag! },
    remediation: pinRemediation(context),
  };
}

function pinRemediation({
  facts,
  policy,
}: RuleContext<'digest-pinned'>): Remediation {
  const { imageRef, repository, digest } = facts.image;
  return {
    who: whoChangesWorkload(policy, facts),
    action: 'pinDigest',
    parameters: {
      imageRef,
      ...(repository && digest && { pinned: `${repository}@${digest}` }),
    },
  };
}
