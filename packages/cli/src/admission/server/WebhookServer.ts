import { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, Server } from 'node:https';
import { AddressInfo } from 'node:net';
import { ReasonCode } from 'backstage-plugin-supply-chain-common';
import { AdmissionReviewAnswer, Endpoint } from '../answer';
import type { CertificateMaterial } from '../watching';
import { readBody } from './readBody';

/** How long a client may take to send a request: the API server is near, and sends it at once. */
const REQUEST_TIMEOUT_MS = 10_000;

/** What a body is answered with: a review where the request is known, otherwise an HTTP error. */
export type WebhookReply =
  | { type: 'review'; review: AdmissionReviewAnswer }
  | { type: 'error'; status: 400; reason: ReasonCode; message: string };

/** Options of {@link WebhookServer}. */
export type WebhookServerOptions = {
  listen: { address: string; port: number };
  certificate: CertificateMaterial;
  bodyMaxBytes: number;
  /** Requests under way; more are refused before they are read. */
  requestsMax: number;
  /** Which endpoints there are. */
  endpoints: readonly Endpoint[];
  answer(
    body: Uint8Array,
    about: { endpoint: Endpoint; timeoutMs?: number },
  ): Promise<WebhookReply>;
  /** Hears of what was refused without a review. */
  onRefusal?(endpoint: Endpoint, reason: ReasonCode): void;
};

/** The HTTPS side: bytes in, a review or an error out. It knows nothing of images. */
export class WebhookServer {
  readonly #options: WebhookServerOptions;
  readonly #server: Server;
  #underWay = 0;

  static async start(options: WebhookServerOptions): Promise<WebhookServer> {
    const started = new WebhookServer(options);
    const { address, port } = options.listen;
    await new Promise<void>((resolve, reject) => {
      started.#server.once('error', reject);
      started.#server.listen(port, address, resolve);
    });
    return started;
  }

  private constructor(options: WebhookServerOptions) {
    this.#options = options;
    this.#server = createServer(
      {
        ...tlsOptions(options.certificate),
        requestTimeout: REQUEST_TIMEOUT_MS,
      },
      (request, response) => this.#handle(request, response),
    );
  }

  /** The port it listens on. */
  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** New connections are made with this certificate; those under way go on. */
  useCertificate(certificate: CertificateMaterial): void {
    this.#server.setSecureContext(tlsOptions(certificate));
  }

  /** Takes no new requests and lets those under way end, for as long as is given. */
  async stop(graceMs: number): Promise<void> {
    const closed = new Promise(resolve => this.#server.close(resolve));
    this.#server.closeIdleConnections();
    const timer = setTimeout(() => this.#server.closeAllConnections(), graceMs);
    await closed;
    clearTimeout(timer);
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    this.#reply(request, response).catch(error => {
      // A client that went away; everything else was answered.
      if (!response.headersSent) {
        response.writeHead(500).end();
      }
      request.destroy(error);
    });
  }

  async #reply(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const url = new URL(request.url ?? '/', 'https://webhook.invalid');
    const endpoint = this.#options.endpoints.find(
      each => url.pathname === `/${each}`,
    );
    if (!endpoint) {
      sendText(response, 404, 'expected /validate or /mutate');
      return;
    }
    if (request.method !== 'POST') {
      sendText(response, 405, 'expected POST');
      return;
    }
    if (this.#underWay >= this.#options.requestsMax) {
      this.#refuse(response, {
        endpoint,
        status: 503,
        reason: 'admissionOverloaded',
      });
      return;
    }
    this.#underWay += 1;
    try {
      await this.#answer(request, response, {
        endpoint,
        timeoutMs: timeoutOf(url),
      });
    } finally {
      this.#underWay -= 1;
    }
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
    about: { endpoint: Endpoint; timeoutMs?: number },
  ): Promise<void> {
    const { endpoint } = about;
    if (!isJson(request)) {
      this.#refuse(response, {
        endpoint,
        status: 415,
        reason: 'reviewNotJson',
      });
      return;
    }
    const body = await readBody(request, this.#options.bodyMaxBytes);
    if (!body) {
      this.#refuse(response, {
        endpoint,
        status: 413,
        reason: 'reviewTooLarge',
      });
      return;
    }
    const reply = await this.#options.answer(body, about);
    if (reply.type === 'error') {
      const { status, reason, message } = reply;
      this.#refuse(response, { endpoint, status, reason, message });
      return;
    }
    sendJson(response, 200, reply.review);
  }

  #refuse(
    response: ServerResponse,
    refusal: {
      endpoint: Endpoint;
      status: number;
      reason: ReasonCode;
      message?: string;
    },
  ): void {
    const { endpoint, status, reason, message } = refusal;
    this.#options.onRefusal?.(endpoint, reason);
    // What is left of the body is not waited for.
    response.setHeader('connection', 'close');
    sendText(response, status, message ? `${reason}: ${message}` : reason);
  }
}

function tlsOptions({ cert, key, ca }: CertificateMaterial) {
  return {
    cert,
    key,
    minVersion: 'TLSv1.2' as const,
    ...(ca !== undefined && {
      ca,
      requestCert: true,
      rejectUnauthorized: true,
    }),
  };
}

/** The API server says how long it waits. */
function timeoutOf(url: URL): number | undefined {
  const text = url.searchParams.get('timeout') ?? '';
  const seconds = /^(\d{1,3})s$/.exec(text)?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}

function isJson({ headers }: IncomingMessage): boolean {
  const [type] = (headers['content-type'] ?? '').split(';');
  return (
    type.trim().toLowerCase() === 'application/json' &&
    (headers['content-encoding'] ?? 'identity') === 'identity'
  );
}

function sendJson(response: ServerResponse, status: number, value: object) {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  });
  response.end(body);
}

function sendText(response: ServerResponse, status: number, text: string) {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${text}\n`);
}
