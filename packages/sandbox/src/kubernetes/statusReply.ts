import { Reply } from '../http';

const REASONS: Record<number, string> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  410: 'Expired',
  504: 'Timeout',
};

/**
 * A `Status` object, the API server's form of every refusal.
 * @public
 */
export function statusObject(
  code: number,
  message: string,
  metadata: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata,
    status: 'Failure',
    message,
    reason: REASONS[code] ?? 'InternalError',
    code,
  };
}

/** @public */
export function statusReply(
  code: number,
  message: string,
  metadata?: Record<string, unknown>,
): Reply {
  return apiReply(code, statusObject(code, message, metadata));
}

/** @public */
export function apiReply(status: number, body: unknown): Reply {
  return {
    status,
    headers: { 'Content-Type': 'application/json' },
    body: Buffer.from(`${JSON.stringify(body)}\n`),
  };
}

/** What the API server says for a path no API serves. */
export function noSuchPath(): Reply {
  return {
    status: 404,
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
    body: Buffer.from('404 page not found\n'),
  };
}
