import { ReasonCode } from '../../model/reasonCodes';
import { BuildFacts } from './buildFacts';

/**
 * What the pull request of a stranger sets off, at GitHub and GitLab. `workflow_run` is not among them: releases after
 * CI use it; who wants to be stricter lists the triggers in the rule.
 */
const STRANGERS_TRIGGERS: readonly string[] = [
  'pull_request',
  'pull_request_target',
  'pull_request_review',
  'pull_request_review_comment',
  'merge_request_event',
  'external_pull_request_event',
];

/** Refs under which forges keep the code of pull and merge requests, forks included. */
const PULL_REQUEST_REF = /^refs\/(?:pull|pull-requests|merge-requests)\//;

/**
 * Why the build must not be a release, however well it is attested; `undefined` when nothing speaks against it.
 *
 * @param triggers - The only ones allowed; absent: any but those of strangers.
 */
export function objectionTo(
  { trigger, ref }: Pick<BuildFacts, 'trigger' | 'ref'>,
  triggers: readonly string[] | undefined,
): ReasonCode | undefined {
  const isAllowed = triggers
    ? trigger !== undefined && triggers.includes(trigger)
    : trigger === undefined || !STRANGERS_TRIGGERS.includes(trigger);
  if (!isAllowed) {
    return 'triggerNotAllowed';
  }
  // Who lists such a trigger wants such refs.
  const isWanted =
    trigger !== undefined && STRANGERS_TRIGGERS.includes(trigger);
  return !isWanted && PULL_REQUEST_REF.test(ref ?? '')
    ? 'pullRequestRef'
    : undefined;
}
