import { NotificationPayload } from '@backstage/plugin-notifications-common';
import { Alert } from '../stores/AlertStore';
import { problemNotification } from './problemNotification';
import { safeText } from './safeText';
import { waiverNotification } from './waiverNotification';

/** The notification about a change for the worse or the end of a waiver: plain text, a link into the portal. */
export function notificationOf(alert: Alert): NotificationPayload {
  const { news, scope } = alert;
  const { title, description, ...payload } =
    news.kind === 'waiver'
      ? waiverNotification(news, alert)
      : problemNotification(news, alert);
  return {
    ...payload,
    title: safeText(title),
    description: safeText(description),
    topic: 'supply-chain',
    scope,
  };
}
