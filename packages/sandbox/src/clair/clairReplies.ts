import { Reply } from '../http';

const TYPES = {
  json: 'application/json',
  // The matcher serves its reports with the type of the indexer's: measured with Clair 4.9.0.
  report: 'application/vnd.clair.index_report.v1+json',
  state: 'application/vnd.clair.index_state.v1+json',
} as const;

/** An answer without a body. */
export function emptyReply(status: number): Reply {
  return { status, headers: {}, body: Buffer.alloc(0) };
}

/** A document; `etag` is written with its quotes. */
export function documentReply(options: {
  status?: number;
  type: keyof typeof TYPES;
  etag?: string;
  headers?: Record<string, string>;
  document: unknown;
}): Reply {
  const { status = 200, type, etag, headers, document } = options;
  return {
    status,
    headers: {
      'Content-Type': TYPES[type],
      ...(etag && { Etag: `"${etag}"` }),
      ...headers,
    },
    body: Buffer.from(JSON.stringify(document)),
  };
}

/** An error as the real one words it. */
export function errorReply(
  status: number,
  code: string,
  message: string,
): Reply {
  return documentReply({ status, type: 'json', document: { code, message } });
}

/** What the indexer and the matcher say of a manifest they have no finished index of. */
export function notFoundReply(digest: string): Reply {
  return errorReply(
    404,
    'not-found',
    `index report for manifest ${JSON.stringify(digest)} not found`,
  );
}
