import { Digest } from 'backstage-plugin-supply-chain-common';
import { ClairAnswer, ClairConnection } from '../ClairConnection';
import { clairFailure, ClairResult } from '../ClairResult';
import { ClairKey } from '../ClairSettings';
import { SMALL_ANSWER_MAX_BYTES } from '../parseAnswers';
import { parseNotificationPage } from './parseNotificationPage';

const REQUEST_TIMEOUT_MS = 60_000;
const PAGE_SIZE = 500;
/** What is beyond is read by the ordinary rounds. */
const PAGES_MAX = 40;

/**
 * Reads notifications of Clair where they are configured to be.
 *
 * @public
 */
export class ClairNotifier {
  readonly #url: string;
  readonly #connection: ClairConnection;

  /** Creates a reader; it connects when it is asked. */
  static create(options: {
    /** Base address of the notifier, without a slash at the end. */
    url: string;
    psk?: ClairKey;
    /** @defaultValue the machine's time */
    now?: () => Date;
  }): ClairNotifier {
    return new ClairNotifier(options);
  }

  private constructor(options: {
    url: string;
    psk?: ClairKey;
    now?: () => Date;
  }) {
    this.#url = options.url;
    this.#connection = new ClairConnection({
      psk: options.psk,
      now: options.now ?? (() => new Date()),
    });
  }

  /** The manifests a notification is about, each once. */
  async readManifests(
    id: string,
    signal: AbortSignal,
  ): Promise<ClairResult<Set<Digest>>> {
    const manifests = new Set<Digest>();
    let next: string | undefined;
    for (let page = 0; page < PAGES_MAX; page += 1) {
      const query = new URLSearchParams({
        // Clair forgets it from one page to the next.
        page_size: String(PAGE_SIZE),
        ...(next && { next }),
      });
      const answer = await this.#send('GET', `${id}?${query}`, signal);
      if (!answer.ok) {
        return answer;
      }
      const parsed = parseNotificationPage(answer.value.body);
      if (!parsed) {
        return clairFailure(
          'malformedAnswer',
          'Clair answered with no page of a notification',
        );
      }
      parsed.manifests.forEach(digest => manifests.add(digest));
      // A page that follows itself would be read for ever.
      if (!parsed.next || parsed.next === next) {
        break;
      }
      next = parsed.next;
    }
    return { ok: true, value: manifests };
  }

  /** Says that a notification was dealt with, so that Clair forgets it. */
  async remove(id: string, signal: AbortSignal): Promise<ClairResult<void>> {
    const answer = await this.#send('DELETE', id, signal);
    return answer.ok ? { ok: true, value: undefined } : answer;
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    await this.#connection.close();
  }

  async #send(
    method: 'GET' | 'DELETE',
    path: string,
    signal: AbortSignal,
  ): Promise<ClairResult<ClairAnswer>> {
    const answer = await this.#connection.send({
      method,
      url: `${this.#url}/notifier/api/v1/notification/${path}`,
      timeoutMs: REQUEST_TIMEOUT_MS,
      maxBytes: SMALL_ANSWER_MAX_BYTES,
      signal,
    });
    return answer.ok && answer.value.status !== 200
      ? clairFailure(
          'scannerUnavailable',
          `The notifier of Clair answers ${answer.value.status}`,
        )
      : answer;
  }
}
