import { readFileSync } from 'node:fs';
import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

type Exchange = {
  name: string;
  request: { method: string; path: string };
  response: { status: number; headers: Record<string, string>; body: unknown };
};

/** A request as it arrived. */
export type SeenRequest = {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
};

export function fixture(name: string): Buffer {
  return readFileSync(join(__dirname, '..', '__fixtures__', name));
}

const session: Exchange[] = JSON.parse(String(fixture('http-session.json')));
const broken: Exchange[] = JSON.parse(String(fixture('index-error.json')));

/** Bodies that the session keeps in files of their own. */
function bodyOf(name: string, body: unknown): unknown {
  switch (body === '(see file)' ? name : '') {
    case 'payments:index':
      return JSON.parse(String(fixture('payments.index_post.json'))).response;
    case 'payments:vuln':
      return JSON.parse(String(fixture('payments.vulnerability_report.json')));
    default:
      return body;
  }
}

/** An answer of the recorded session. */
export function recorded(name: string, from = session): Exchange['response'] {
  const { response } = from.find(each => each.name === name)!;
  return { ...response, body: bodyOf(name, response.body) };
}

/** A Clair that answers what a real one did, and misbehaves when a test tells it to. */
export class FakeClair {
  readonly requests: SeenRequest[] = [];
  readonly #indexed = new Map<string, string>();
  readonly #server: Server;
  readonly #names: Map<string, string>;
  state: string = (recorded('index_state').body as { state: string }).state;
  /** Takes a request over when it returns true. */
  misbehave: (request: SeenRequest, response: ServerResponse) => boolean = () =>
    false;

  private constructor(names: Map<string, string>) {
    this.#names = names;
    this.#server = createServer((incoming, response) => {
      let body = '';
      incoming.on('data', chunk => {
        body += chunk;
      });
      incoming.on('end', () => {
        const { method = '', url: path = '', headers } = incoming;
        const request = { method, path, headers, body };
        this.requests.push(request);
        if (!this.misbehave(request, response)) {
          this.#answer(request, response);
        }
      });
    });
  }

  /** @param names - The digest of each image of the session, and its name there. */
  static async start(names: Map<string, string>): Promise<FakeClair> {
    const clair = new FakeClair(names);
    await new Promise<void>(resolve => {
      clair.#server.listen(0, '127.0.0.1', resolve);
    });
    return clair;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  /** Requests of one kind. */
  asked(method: string, part: string): SeenRequest[] {
    return this.requests.filter(
      each => each.method === method && each.path.includes(part),
    );
  }

  /** As if somebody had deleted every index. */
  forget(): void {
    this.#indexed.clear();
  }

  /** Answers with a recorded exchange. */
  replay(response: ServerResponse, answer: Exchange['response']): void {
    // The recording client asked for compressed answers and opened them.
    const { 'Content-Encoding': _, ...headers } = answer.headers;
    response.writeHead(answer.status, headers);
    response.end(
      typeof answer.body === 'string'
        ? answer.body
        : JSON.stringify(answer.body),
    );
  }

  /** Answers as the Clair without its mapping files did. */
  replayBroken(response: ServerResponse, name: string): void {
    this.replay(response, recorded(name, broken));
  }

  #answer(request: SeenRequest, response: ServerResponse): void {
    const { method, path, headers, body } = request;
    const digest = path.slice(path.lastIndexOf('/') + 1);
    if (path === '/indexer/api/v1/index_state') {
      response.end(JSON.stringify({ state: this.state }));
    } else if (path.startsWith('/matcher/api/v1/internal/update_operation')) {
      this.replay(response, recorded('update_operation'));
    } else if (method === 'POST' && path === '/indexer/api/v1/index_report') {
      const hash: string = JSON.parse(body).hash;
      if (headers['if-none-match'] === `"${this.state}"`) {
        response.writeHead(412).end();
      } else {
        this.#indexed.set(hash, this.state);
        this.replay(response, recorded(`${this.#names.get(hash)}:index`));
      }
    } else if (this.#indexed.has(digest)) {
      this.replay(response, recorded(`${this.#names.get(digest)}:vuln`));
    } else {
      this.replay(response, recorded('not_found'));
    }
  }
}
