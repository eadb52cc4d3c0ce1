import { LoggerService } from '@backstage/backend-plugin-api';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { jittered } from '../loops/pause';
import { WakeSignal } from '../loops/WakeSignal';
import { Alert, AlertStore } from '../stores/AlertStore';
import { notificationOf } from './notificationOf';
import { recipientsOf } from './recipientsOf';

const TASK_LEASE_MS = 60_000;
const POLL_INTERVAL_MS = 10_000;
const BATCH_SIZE = 10;

/** The pause after a failed attempt, doubled with each up to the second. */
const FAILED_FIRST_MS = 10_000;
const FAILED_LONGEST_MS = 15 * 60_000;

/** After this many attempts, some hours, nobody needs it any more; the page says it anyway. */
const MAXIMUM_ATTEMPTS = 20;

/** Options of {@link AlertSender}. */
export type AlertSenderOptions = {
  store: AlertStore;
  notifications: NotificationService;
  logger: LoggerService;
  pollIntervalMs?: number;
};

/** Sends queued notifications to the owners of entities. */
export class AlertSender {
  readonly #options: AlertSenderOptions;
  readonly #wake = new WakeSignal();

  static create(options: AlertSenderOptions): AlertSender {
    return new AlertSender(options);
  }

  private constructor(options: AlertSenderOptions) {
    this.#options = options;
  }

  /** Looks for notifications to send at once. */
  wake(): void {
    this.#wake.wake();
  }

  /** Works until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const interval = this.#options.pollIntervalMs ?? POLL_INTERVAL_MS;
    while (!signal.aborted) {
      if ((await this.sendDue()) === 0) {
        await this.#wake.wait(jittered(interval, 0.2), signal);
      }
    }
  }

  /** Sends what is due and says how many were taken. */
  async sendDue(): Promise<number> {
    const { store, logger } = this.#options;
    try {
      const alerts = await store.take({
        limit: BATCH_SIZE,
        leaseMs: TASK_LEASE_MS,
      });
      for (const alert of alerts) {
        await this.#send(alert);
      }
      return alerts.length;
    } catch (error) {
      logger.warn(`Notifications cannot be read: ${error}`);
      return 0;
    }
  }

  async #send(alert: Alert): Promise<void> {
    const { store, notifications, logger } = this.#options;
    try {
      await notifications.send({
        recipients: { type: 'entity', entityRef: recipientsOf(alert) },
        payload: notificationOf(alert),
      });
    } catch (error) {
      logger.warn(`A notification about ${alert.entityRef} failed: ${error}`);
      if (alert.attempts + 1 < MAXIMUM_ATTEMPTS) {
        const afterMs = FAILED_FIRST_MS * 2 ** Math.min(alert.attempts, 10);
        await store.release({
          alert,
          afterMs: Math.min(afterMs, FAILED_LONGEST_MS),
        });
        return;
      }
    }
    await store.complete(alert);
  }
}
