import { Agent, errors, request } from 'undici';
import { createClairToken } from './clairToken';
import { clairFailure, ClairResult } from './ClairResult';
import { ClairKey } from './ClairSettings';

/** One request. */
export type ClairRequest = {
  method: 'GET' | 'POST' | 'DELETE';
  url: string;
  headers?: Record<string, string>;
  body?: string;
  timeoutMs: number;
  maxBytes: number;
  signal: AbortSignal;
};

/** An answer that was read to its end. */
export type ClairAnswer = {
  status: number;
  body: Buffer;
  /** In lower case. */
  header(name: string): string | undefined;
};

const CONNECT_TIMEOUT_MS = 5_000;
/** Above what undici allows for an answer to begin by default: an index request answers when all is fetched. */
const NO_TIMEOUT = 0;
const USER_AGENT = 'backstage-plugin-supply-chain';

/** HTTP with Clair: signed, counted, within a time, to its end, and never redirected. */
export class ClairConnection {
  readonly #agent = new Agent({ connect: { timeout: CONNECT_TIMEOUT_MS } });
  readonly #psk: ClairKey | undefined;
  readonly #now: () => Date;

  constructor(options: { psk?: ClairKey; now: () => Date }) {
    this.#psk = options.psk;
    this.#now = options.now;
  }

  /** Any answer; failures are those of the connection. */
  async send(options: ClairRequest): Promise<ClairResult<ClairAnswer>> {
    const { signal, timeoutMs } = options;
    const deadline = AbortSignal.timeout(timeoutMs);
    try {
      return await this.#exchange(options, AbortSignal.any([signal, deadline]));
    } catch (error) {
      if (deadline.aborted || error instanceof errors.ConnectTimeoutError) {
        return clairFailure(
          'sourceTimeout',
          `Clair did not answer within ${timeoutMs / 1000} s`,
        );
      }
      const { code, message } = error as NodeJS.ErrnoException;
      return clairFailure(
        'scannerUnavailable',
        `Clair cannot be read: ${code ?? message}`,
      );
    }
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #exchange(
    options: ClairRequest,
    signal: AbortSignal,
  ): Promise<ClairResult<ClairAnswer>> {
    const { method, url, body, maxBytes } = options;
    const answer = await request(url, {
      dispatcher: this.#agent,
      method,
      body,
      signal,
      headersTimeout: NO_TIMEOUT,
      bodyTimeout: NO_TIMEOUT,
      headers: {
        ...options.headers,
        'user-agent': USER_AGENT,
        accept: 'application/json, application/*+json',
        // A compressed answer could grow without limit after it was counted.
        'accept-encoding': 'identity',
        ...(await this.#authorization()),
      },
    });
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of answer.body) {
      size += chunk.length;
      if (size > maxBytes) {
        answer.body.destroy();
        return clairFailure(
          'reportTooLarge',
          `Clair answers with more than ${maxBytes} bytes`,
        );
      }
      chunks.push(chunk);
    }
    const header = (name: string) => [answer.headers[name] ?? []].flat()[0];
    // Clair tells in a trailer that what it began to write could not be finished.
    const late = answer.trailers['clair-error'] as string | undefined;
    if (late) {
      return clairFailure('malformedReport', `Clair broke off: ${late}`);
    }
    return {
      ok: true,
      value: { status: answer.statusCode, body: Buffer.concat(chunks), header },
    };
  }

  async #authorization(): Promise<Record<string, string>> {
    return this.#psk
      ? {
          authorization: `Bearer ${await createClairToken(
            this.#psk,
            this.#now(),
          )}`,
        }
      : {};
  }
}
