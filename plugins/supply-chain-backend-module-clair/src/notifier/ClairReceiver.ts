import { AuthenticationError, InputError } from '@backstage/errors';
import { isRecord } from 'backstage-plugin-supply-chain-common';
import {
  NotificationReceiver,
  NotificationRequest,
  ReceivedNotification,
} from 'backstage-plugin-supply-chain-node';
import { jwtVerify } from 'jose';
import { CLAIR_SOURCE } from '../ClairFeed';
import { CLAIR_FEED_ID } from '../clairReports';
import { ClairKey } from '../ClairSettings';

/** An id and an address. */
const BODY_MAX_BYTES = 16 * 1024;
/** Who signs webhooks: https://github.com/quay/clair/blob/v4.9.0/initialize/services.go */
const NOTIFIER_ISSUERS = ['clair-notifier', 'clair-intraservice'];
/** https://github.com/quay/clair/blob/v4.9.0/middleware/auth/httpauth_psk.go allows as much. */
const CLOCK_TOLERANCE_SECONDS = 15;
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Takes the webhook of Clair's notifier. Of the message only the id is read: where the notification is read is
 * configured, and its `callback` is never followed.
 *
 * @public
 */
export class ClairReceiver implements NotificationReceiver {
  readonly id = 'clair';
  readonly maxBytes = BODY_MAX_BYTES;
  /** Clair counts anything else as a delivery that failed, and delivers again. */
  readonly acceptedStatus = 200;
  readonly #psk: ClairKey | undefined;
  readonly #now: () => Date;

  static create(options: {
    /** What Clair signs with. Without it nothing is taken: anybody could send it. */
    psk?: ClairKey;
    /** @defaultValue the machine's time */
    now?: () => Date;
  }): ClairReceiver {
    return new ClairReceiver(options);
  }

  private constructor(options: { psk?: ClairKey; now?: () => Date }) {
    this.#psk = options.psk;
    this.#now = options.now ?? (() => new Date());
  }

  async authenticate(request: NotificationRequest): Promise<void> {
    if (!this.#psk) {
      throw new AuthenticationError(
        'Notifications of Clair need supplyChain.clair.psk: without it nobody could tell who sends them',
      );
    }
    const header = request.header('authorization') ?? '';
    const [, token = ''] = /^Bearer (\S+)$/i.exec(header) ?? [];
    try {
      await jwtVerify(token, this.#psk.key, {
        algorithms: ['HS256'],
        issuer: NOTIFIER_ISSUERS,
        requiredClaims: ['exp'],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: this.#now(),
      });
    } catch (error) {
      throw new AuthenticationError(
        'Expected a token that Clair signed with the key under supplyChain.clair.psk',
        error,
      );
    }
  }

  receive(_: NotificationRequest, body: Uint8Array): ReceivedNotification {
    const hint = notificationId(body);
    return {
      kind: 'hints',
      hints: [{ feed: CLAIR_FEED_ID, source: CLAIR_SOURCE, hint }],
    };
  }
}

function notificationId(body: Uint8Array): string {
  let message: unknown;
  try {
    message = JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    throw new InputError('Expected a notification in JSON');
  }
  const id = isRecord(message) ? message.notification_id : undefined;
  if (typeof id !== 'string' || !ID.test(id.toLowerCase())) {
    throw new InputError('Expected a notification with a notification_id');
  }
  return id.toLowerCase();
}
