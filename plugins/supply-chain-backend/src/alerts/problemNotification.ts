import { REASON_CODES, ReasonCode } from 'backstage-plugin-supply-chain-common';
import { Problem } from '../derivations/problemsOf';
import { Alert } from '../stores/AlertStore';

const SEVERITIES = {
  critical: 'critical',
  high: 'high',
  medium: 'normal',
  low: 'low',
  info: 'low',
} as const;

type About = Pick<Alert, 'entityRef' | 'title'>;

/** What is said of a rule that began to fail; not made safe yet. */
export function problemNotification(problem: Problem, about: About) {
  const { ruleId, imageRef } = problem;
  const name = about.title ?? about.entityRef;
  const reason = REASON_CODES[problem.reason as ReasonCode];
  const meaning = reason
    ? `${reason.meaning} ${reason.advice}`
    : `The rule ${ruleId} fails.`;
  return {
    title: `${name}: ${ruleId} fails`,
    description: `${imageRef}: ${meaning}`,
    link: linkOf(problem, about),
    severity: SEVERITIES[problem.severity],
  };
}

function linkOf(problem: Problem, { entityRef }: About): string {
  const { repository, digest } = problem;
  if (repository && digest) {
    const image = encodeURIComponent(digest);
    return `/supply-chain/images/${image}?repository=${encodeURIComponent(
      repository,
    )}`;
  }
  const [kind, rest] = entityRef.split(':');
  const [namespace, name] = rest.split('/');
  return `/catalog/${[namespace, kind, name]
    .map(encodeURIComponent)
    .join('/')}/supply-chain`;
}
