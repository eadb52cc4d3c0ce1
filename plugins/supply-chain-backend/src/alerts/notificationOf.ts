import { REASON_CODES, ReasonCode } from 'backstage-plugin-supply-chain-common';
import { NotificationPayload } from '@backstage/plugin-notifications-common';
import { Alert } from '../stores/AlertStore';

/** Control, format and bidirectional characters: they can make a text read as another (L32). */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

const MAXIMUM_TEXT = 300;

const SEVERITIES = {
  critical: 'critical',
  high: 'high',
  medium: 'normal',
  low: 'low',
  info: 'low',
} as const;

/** The notification about a change for the worse: plain text, a link into the portal. */
export function notificationOf(alert: Alert): NotificationPayload {
  const { problem, entityRef, scope } = alert;
  const name = alert.title ?? entityRef;
  const reason = REASON_CODES[problem.reason as ReasonCode];
  const meaning = reason
    ? `${reason.meaning} ${reason.advice}`
    : `The rule ${problem.ruleId} fails.`;
  return {
    title: safeText(`${name}: ${problem.ruleId} fails`),
    description: safeText(`${problem.imageRef}: ${meaning}`),
    link: linkOf(alert),
    severity: SEVERITIES[problem.severity],
    topic: 'supply-chain',
    scope,
  };
}

function linkOf({ problem, entityRef }: Alert): string {
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

function safeText(text: string): string {
  const escaped = text.replace(
    UNSAFE,
    character =>
      `\\u{${character.codePointAt(0)!.toString(16).padStart(4, '0')}}`,
  );
  return escaped.length > MAXIMUM_TEXT
    ? `${escaped.slice(0, MAXIMUM_TEXT - 1)}…`
    : escaped;
}
