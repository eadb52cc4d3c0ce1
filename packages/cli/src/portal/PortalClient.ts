import { parseStrictJson } from 'backstage-plugin-supply-chain-common';
import { parseRetryAfter } from 'backstage-plugin-supply-chain-node/registry';

const ANSWER_MAX_BYTES = 16 * 1024 * 1024;
/** A look at an image takes up to a minute. */
const REQUEST_TIMEOUT_MS = 90_000;
/** What is waited for a portal that limits requests and does not say how long. */
const LIMIT_PAUSE_MS = 5_000;
const RETRY_AFTER_MAX_MS = 15 * 60_000;

/** What the portal is asked about one image. */
export type PortalQuestion = {
  image: string;
  entityRef?: string;
  policy?: string;
  cluster?: string;
  namespace?: string;
};

/** Evidence about one image of one entity. */
export type PortalUpload = {
  kind: string;
  format: string;
  entityRef: string;
  repository: string;
  digest: string;
  /** RFC 3339; for a report that does not say when its scan was made. */
  scannedAt?: string;
  bytes: Uint8Array<ArrayBuffer>;
};

/**
 * What the portal answered.
 *
 * - `refused`: asking again changes nothing; a mistake of configuration.
 * - `unavailable`: it could not be asked, or did not answer as it should. `retryAfterMs` is set when it asks to be
 *   asked again after that.
 */
export type PortalAnswer =
  | { kind: 'answer'; value: unknown }
  | { kind: 'refused'; message: string }
  | { kind: 'unavailable'; message: string; retryAfterMs?: number };

type AskOptions = {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
  signal: AbortSignal;
};

/** Asks a portal; the token goes nowhere else. */
export class PortalClient {
  readonly #base: string;
  readonly #token: string;
  readonly #fetch: typeof fetch;

  static create(options: {
    /** Address of the portal's backend, for instance `https://backstage.acme.example`. */
    portal: string;
    token: string;
    fetch?: typeof fetch;
  }): PortalClient {
    return new PortalClient(options);
  }

  private constructor(options: Parameters<typeof PortalClient.create>[0]) {
    const { portal, token } = options;
    this.#base = `${portal.replace(/\/+$/, '')}/api/supply-chain`;
    this.#token = token;
    this.#fetch = options.fetch ?? fetch;
  }

  /** Asks what it says of one image. */
  async check(
    question: PortalQuestion,
    { signal }: { signal: AbortSignal },
  ): Promise<PortalAnswer> {
    return this.#ask(new URL(`${this.#base}/check`), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(question),
      signal,
    });
  }

  /** Hands in evidence; the same bytes again change nothing. */
  async upload(
    { kind, bytes, entityRef, ...about }: PortalUpload,
    { signal }: { signal: AbortSignal },
  ): Promise<PortalAnswer> {
    const url = new URL(`${this.#base}/evidence/${encodeURIComponent(kind)}`);
    const query = { entity: entityRef, ...about };
    Object.entries(query).forEach(([name, value]) =>
      url.searchParams.set(name, value),
    );
    return this.#ask(url, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/octet-stream' },
      body: bytes,
      signal,
    });
  }

  /** Asks for a page of what its policies are evaluated on. */
  async listFacts(
    page: { after?: string; limit: number },
    { signal }: { signal: AbortSignal },
  ): Promise<PortalAnswer> {
    const url = new URL(`${this.#base}/facts`);
    url.searchParams.set('limit', String(page.limit));
    if (page.after !== undefined) {
      url.searchParams.set('after', page.after);
    }
    return this.#ask(url, { signal });
  }

  async #ask(
    url: URL,
    { signal, headers, ...request }: AskOptions,
  ): Promise<PortalAnswer> {
    try {
      const response = await this.#fetch(url, {
        ...request,
        headers: {
          ...headers,
          Accept: 'application/json',
          Authorization: `Bearer ${this.#token}`,
        },
        // Whoever a redirect leads to must not get the token.
        redirect: 'error',
        signal: AbortSignal.any([
          signal,
          AbortSignal.timeout(REQUEST_TIMEOUT_MS),
        ]),
      });
      return answerOf(response, await readText(response));
    } catch (error) {
      return { kind: 'unavailable', message: messageOf(error) };
    }
  }
}

async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > ANSWER_MAX_BYTES) {
      throw new Error(`it answered with more than ${ANSWER_MAX_BYTES} bytes`);
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function answerOf(response: Response, text: string): PortalAnswer {
  const { status } = response;
  if (status === 200) {
    const json = parseStrictJson(text, { maxBytes: ANSWER_MAX_BYTES });
    return json.ok
      ? { kind: 'answer', value: json.value }
      : { kind: 'unavailable', message: 'it answered with something else' };
  }
  const message = `it answered ${status}: ${errorIn(text)}`;
  if (status >= 400 && status < 500 && status !== 408 && status !== 429) {
    return { kind: 'refused', message };
  }
  const retryAfterMs = retryAfterOf(response);
  return {
    kind: 'unavailable',
    message,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/** RFC 9110, section 10.2.3; RFC 6585, section 4 */
function retryAfterOf({ status, headers }: Response): number | undefined {
  const said = parseRetryAfter(headers.get('Retry-After') ?? undefined, {
    nowMs: Date.now(),
    maxMs: RETRY_AFTER_MAX_MS,
  });
  return said ?? (status === 429 ? LIMIT_PAUSE_MS : undefined);
}

/** The sentence in an error of Backstage. */
function errorIn(text: string): string {
  const json = parseStrictJson(text, { maxBytes: ANSWER_MAX_BYTES });
  const value = json.ok ? json.value : undefined;
  const error = (value as { error?: { message?: unknown } } | undefined)?.error;
  const message = error?.message;
  return typeof message === 'string' ? message.slice(0, 500) : 'no reason';
}

function messageOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}
