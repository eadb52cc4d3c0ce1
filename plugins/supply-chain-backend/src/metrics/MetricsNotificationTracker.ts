import {
  MetricsService,
  MetricsServiceCounter,
} from '@backstage/backend-plugin-api/alpha';
import {
  NotificationOutcome,
  NotificationTracker,
} from '../notifications/NotificationTracker';

type Attributes = { source: string; outcome: NotificationOutcome };

/** Counts what other systems push, by how it ended. */
export class MetricsNotificationTracker implements NotificationTracker {
  readonly #received: MetricsServiceCounter<Attributes>;

  static create(options: {
    metrics: MetricsService;
  }): MetricsNotificationTracker {
    return new MetricsNotificationTracker(options.metrics);
  }

  private constructor(metrics: MetricsService) {
    this.#received = metrics.createCounter<Attributes>(
      'supply_chain.notifications.received',
      {
        unit: '{notification}',
        description: 'What other systems pushed, by how it ended',
      },
    );
  }

  notificationEnded(end: Attributes): void {
    this.#received.add(1, end);
  }
}
