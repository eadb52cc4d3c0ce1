/**
 * What of a request a receiver sees before its body is read.
 *
 * @public
 */
export type NotificationRequest = {
  /** A header of the request; undefined without it. */
  header(name: string): string | undefined;
  /** The cluster the address names, for senders that speak for one and do not say so in the body. */
  cluster?: string;
};

/**
 * That a source may have something new. It says where to look and nothing of what is found there.
 *
 * @public
 */
export type ReceivedHint = {
  /** Id of the feed. */
  feed: string;
  /** Name of the source, as the feed names it. */
  source: string;
  /** Where to look, in words of the feed, at most 512 characters; empty for everything. */
  hint: string;
};

/**
 * What came of a notification: hints, or why it is of no use.
 *
 * @public
 */
export type ReceivedNotification =
  | { kind: 'hints'; hints: ReceivedHint[] }
  | { kind: 'ignored'; message: string };

/**
 * Takes what another system pushes to `POST /notifications/{id}`. A notification is a shortcut: it has a source read
 * sooner than it would have been, and is never believed. Nothing may depend on its coming.
 *
 * @remarks
 * 1. `authenticate` is called first, with the head of the request alone, and throws an `AuthenticationError` unless the
 *    sender proved who it is. Nobody else has looked at the request.
 * 2. The body is read, up to `maxBytes`.
 * 3. `receive` turns it into hints, at once and without asking anybody; it throws an `InputError` for what it cannot read.
 * 4. The hints reach the replica that holds the source, which takes them from {@link SourceHints}.
 *
 * @public
 */
export interface NotificationReceiver {
  /** Stable id, and a segment of the address: for instance `clair`. */
  readonly id: string;
  readonly maxBytes: number;
  /**
   * The status that the sender takes for success.
   *
   * @defaultValue 202
   */
  readonly acceptedStatus?: 200 | 202;
  authenticate(request: NotificationRequest): Promise<void>;
  receive(request: NotificationRequest, body: Uint8Array): ReceivedNotification;
}

/**
 * What was pushed about one source, for who holds its lease.
 *
 * @public
 */
export interface SourceHints {
  /**
   * Waits for hints and takes them: each is handed out once, and repeated ones are one. Too many become one empty hint,
   * which stands for everything. Empty when `signal` aborts.
   */
  take(signal: AbortSignal): Promise<string[]>;
}
