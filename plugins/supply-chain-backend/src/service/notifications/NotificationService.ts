import { AuthenticationError, NotFoundError } from '@backstage/errors';
import {
  NotificationReceiver,
  NotificationRequest,
  ReceivedHint,
} from 'backstage-plugin-supply-chain-node';
import {
  NotificationOutcome,
  NotificationTracker,
} from '../../notifications/NotificationTracker';
import {
  PrincipalRateLimit,
  TooManyRequestsError,
} from '../PrincipalRateLimit';

/** Options of {@link NotificationService}. */
export type NotificationServiceOptions = {
  receivers: readonly NotificationReceiver[];
  /** Takes hints without waiting for anything. */
  put: (hints: ReceivedHint[]) => void;
  /** Whether anybody reads the source. */
  follows: (source: { feed: string; source: string }) => boolean;
  tracker: NotificationTracker;
  limit: PrincipalRateLimit;
};

/** What the sender is told. */
export type NotificationReceipt = {
  /** HTTP status. */
  status: 200 | 202;
  receipt: { status: 'accepted' | 'ignored'; message?: string };
};

/** Takes what other systems push: proves the sender, reads the body, and queues where to look. It asks nobody else. */
export class NotificationService {
  readonly #options: NotificationServiceOptions;

  static create(options: NotificationServiceOptions): NotificationService {
    return new NotificationService(options);
  }

  private constructor(options: NotificationServiceOptions) {
    this.#options = options;
  }

  /**
   * @throws NotFoundError for a source that nothing receives from, AuthenticationError for a sender that did not prove who
   * it is, TooManyRequestsError, and InputError for what cannot be read.
   */
  async receive(
    source: string,
    request: NotificationRequest,
    readBody: (maxBytes: number) => Promise<Uint8Array>,
  ): Promise<NotificationReceipt> {
    const { receivers, tracker } = this.#options;
    const receiver = receivers.find(({ id }) => id === source);
    if (!receiver) {
      throw new NotFoundError(
        'Nothing is received under this address; see the documentation of notifications',
      );
    }
    let outcome: NotificationOutcome = 'refused';
    try {
      const receipt = await this.#take(receiver, request, readBody);
      outcome = receipt.status;
      return { status: receiver.acceptedStatus ?? 202, receipt };
    } catch (error) {
      outcome = outcomeOf(error);
      throw error;
    } finally {
      tracker.notificationEnded({ source, outcome });
    }
  }

  async #take(
    receiver: NotificationReceiver,
    request: NotificationRequest,
    readBody: (maxBytes: number) => Promise<Uint8Array>,
  ): Promise<NotificationReceipt['receipt']> {
    const { limit, put, follows } = this.#options;
    await receiver.authenticate(request);
    // Only who proved itself is counted, else strangers would keep the sender away.
    limit.takeFor(receiver.id);
    const received = receiver.receive(
      request,
      await readBody(receiver.maxBytes),
    );
    if (received.kind === 'ignored') {
      return { status: 'ignored', message: received.message };
    }
    const followed = received.hints.filter(follows);
    if (followed.length === 0) {
      return { status: 'ignored', message: 'It is about nothing read here' };
    }
    put(followed);
    return { status: 'accepted' };
  }
}

function outcomeOf(error: unknown): NotificationOutcome {
  if (error instanceof AuthenticationError) {
    return 'unauthenticated';
  }
  return error instanceof TooManyRequestsError ? 'tooMany' : 'refused';
}
