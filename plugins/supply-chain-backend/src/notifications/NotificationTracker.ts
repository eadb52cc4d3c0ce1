/** How a notification ended. */
export type NotificationOutcome =
  | 'accepted'
  | 'ignored'
  | 'unauthenticated'
  | 'tooMany'
  | 'refused';

/** Counts what other systems push. */
export interface NotificationTracker {
  notificationEnded(end: {
    /** Id of the receiver. */
    source: string;
    outcome: NotificationOutcome;
  }): void;
}
