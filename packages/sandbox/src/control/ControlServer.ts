import { IncomingMessage, ServerResponse } from 'node:http';
import { LoopbackServer } from '../http';
import { equalsInConstantTime } from '../registry';
import type { SandboxWorld } from '../world';
import { CONTROL_ACTIONS } from './actions';
import { BadRequest } from './requestBody';
import { ControlContext } from './startPod';

const MAX_BODY_BYTES = 16 * 1024;

/**
 * @public
 */
export interface ControlServerOptions {
  /** @defaultValue 0, any free port */
  port?: number;
  /** Bearer token every request must carry. */
  token: string;
  world: SandboxWorld;
  now: () => Date;
}

/**
 * The endpoint that changes the world. It answers to this machine only, to the
 * holder of the token only, and not to pages of other origins (L35).
 * @public
 */
export class ControlServer {
  readonly #server: LoopbackServer;

  static async start(options: ControlServerOptions): Promise<ControlServer> {
    let count = 0;
    const context: ControlContext = {
      world: options.world,
      now: options.now,
      next: () => {
        count += 1;
        return count;
      },
    };
    const server: LoopbackServer = await LoopbackServer.start({
      port: options.port,
      handler: async (request, response) => {
        const refusal = refuse(request, options.token, server.port);
        if (refusal) {
          answer(response, refusal.status, { error: refusal.message });
          return;
        }
        await act(request, response, context);
      },
    });
    return new ControlServer(server);
  }

  private constructor(server: LoopbackServer) {
    this.#server = server;
  }

  get url(): string {
    return this.#server.url;
  }

  async stop(): Promise<void> {
    await this.#server.stop();
  }
}

function refuse(
  request: IncomingMessage,
  token: string,
  port: number,
): { status: number; message: string } | undefined {
  const own = [`127.0.0.1:${port}`, `localhost:${port}`];
  // L35: a name that resolves to 127.0.0.1 (DNS rebinding) is not us.
  if (!own.includes(request.headers.host ?? '')) {
    return { status: 403, message: 'expected the Host of the sandbox' };
  }
  const { origin } = request.headers;
  if (origin !== undefined && !own.some(host => origin === `http://${host}`)) {
    return { status: 403, message: 'expected no foreign Origin' };
  }
  const { authorization = '' } = request.headers;
  return equalsInConstantTime(authorization, `Bearer ${token}`)
    ? undefined
    : { status: 401, message: 'expected the bearer token of the sandbox' };
}

async function act(
  request: IncomingMessage,
  response: ServerResponse,
  context: ControlContext,
): Promise<void> {
  const path = (request.url ?? '/').split('?')[0];
  if (path === '/control' && request.method === 'GET') {
    answer(response, 200, { actions: describeActions() });
    return;
  }
  const name = /^\/control\/([a-z-]+)$/.exec(path)?.[1] ?? '';
  if (!Object.hasOwn(CONTROL_ACTIONS, name)) {
    answer(response, 404, { error: 'unknown action; GET /control lists them' });
    return;
  }
  if (request.method !== 'POST') {
    answer(response, 405, { error: 'expected POST' });
    return;
  }
  try {
    const body = await readBody(request);
    answer(response, 200, await CONTROL_ACTIONS[name].run(context, body));
  } catch (error) {
    if (!(error instanceof BadRequest)) {
      throw error;
    }
    answer(response, 400, { error: error.message });
  }
}

function describeActions(): Record<string, object> {
  return Object.fromEntries(
    Object.entries(CONTROL_ACTIONS).map(([name, action]) => [
      name,
      { description: action.description, fields: action.fields },
    ]),
  );
}

async function readBody(
  request: IncomingMessage,
): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) {
      throw new BadRequest(`expected at most ${MAX_BODY_BYTES} bytes`);
    }
    chunks.push(chunk);
  }
  let body: unknown;
  try {
    body = JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}');
  } catch {
    throw new BadRequest('expected a JSON body');
  }
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    throw new BadRequest('expected a JSON object');
  }
  return body as Record<string, unknown>;
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(`${JSON.stringify(body)}\n`);
}
