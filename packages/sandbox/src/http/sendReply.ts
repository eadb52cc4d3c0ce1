import { IncomingMessage, ServerResponse } from 'node:http';
import { Fault } from './FaultTable';

/**
 * A complete answer before it is written, so that a fault can spoil it.
 * @public
 */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/**
 * Writes the reply, spoilt by the fault when there is one. A HEAD request gets
 * the headers only.
 * @public
 */
export function sendReply(options: {
  request: IncomingMessage;
  response: ServerResponse;
  reply: Reply;
  fault?: Fault;
}): void {
  const { request, response, reply, fault } = options;
  const head = request.method === 'HEAD';
  switch (fault?.kind) {
    case undefined:
      writeWhole(response, reply, head);
      return;
    case 'hang':
      return;
    case 'status':
      writeWhole(response, statusReply(fault), head);
      return;
    case 'slowBody':
      writeSlowly({ response, reply, ...fault });
      return;
    case 'truncatedBody':
      writeHead(response, reply);
      response.write(reply.body.subarray(0, reply.body.length >> 1), () =>
        response.destroy(),
      );
      return;
    case 'wrongBytes':
      writeWhole(
        response,
        { ...reply, body: spoil(reply.body, fault.body) },
        head,
      );
      return;
    case 'contentType':
      writeWhole(response, withType(reply, fault.contentType), head);
      return;
    case 'redirect':
      response.writeHead(fault.status ?? 307, {
        Location:
          fault.location === 'self' ? request.url ?? '/' : fault.location,
      });
      response.end();
      return;
    case 'oversizedBody':
      writeEndless({ response, reply, bytes: fault.bytes });
      return;
    case 'html':
      writeWhole(
        response,
        {
          status: 200,
          headers: { 'Content-Type': 'text/html; charset=utf-8' },
          body: Buffer.from(
            '<!doctype html><title>Sign in</title><h1>Sign in to the network</h1>',
          ),
        },
        head,
      );
      return;
    default:
      throw new TypeError(`unknown fault ${JSON.stringify(fault)}`);
  }
}

function writeHead(response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, {
    ...reply.headers,
    'Content-Length': String(reply.body.length),
  });
}

function writeWhole(
  response: ServerResponse,
  reply: Reply,
  head: boolean,
): void {
  writeHead(response, reply);
  response.end(head ? undefined : reply.body);
}

function withType(reply: Reply, contentType: string): Reply {
  return {
    ...reply,
    headers: { ...reply.headers, 'Content-Type': contentType },
  };
}

function statusReply(fault: Extract<Fault, { kind: 'status' }>): Reply {
  const codes: Record<number, string> = {
    401: 'UNAUTHORIZED',
    403: 'DENIED',
    404: 'NAME_UNKNOWN',
    429: 'TOOMANYREQUESTS',
  };
  const code = codes[fault.status] ?? 'UNAVAILABLE';
  return {
    status: fault.status,
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      ...(fault.retryAfterSeconds === undefined
        ? {}
        : { 'Retry-After': String(fault.retryAfterSeconds) }),
      ...fault.headers,
    },
    body: Buffer.from(
      fault.body ??
        JSON.stringify({
          errors: [{ code, message: code.toLowerCase(), detail: null }],
        }),
    ),
  };
}

function spoil(body: Buffer, replacement: string | undefined): Buffer {
  if (replacement !== undefined) {
    return Buffer.from(replacement);
  }
  const copy = Buffer.from(body);
  // 0x20 turns a letter into its other case: a JSON document stays readable.
  copy[copy.length >> 1] ^= 0x20;
  return copy;
}

function writeSlowly(options: {
  response: ServerResponse;
  reply: Reply;
  chunkBytes: number;
  delayMs: number;
}): void {
  const { response, reply, chunkBytes, delayMs } = options;
  writeHead(response, reply);
  let offset = 0;
  const timer = setInterval(() => {
    if (response.destroyed || offset >= reply.body.length) {
      clearInterval(timer);
      response.end();
      return;
    }
    response.write(reply.body.subarray(offset, offset + chunkBytes));
    offset += chunkBytes;
  }, delayMs);
  response.on('close', () => clearInterval(timer));
}

function writeEndless(options: {
  response: ServerResponse;
  reply: Reply;
  bytes: number;
}): void {
  const { response, reply } = options;
  response.writeHead(reply.status, reply.headers);
  const chunk = Buffer.alloc(64 * 1024, 0x20);
  let left = options.bytes;
  const pump = () => {
    while (left > 0) {
      if (response.destroyed) {
        return;
      }
      const size = Math.min(left, chunk.length);
      left -= size;
      if (!response.write(chunk.subarray(0, size))) {
        response.once('drain', pump);
        return;
      }
    }
    response.end();
  };
  pump();
}
