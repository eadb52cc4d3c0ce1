import { readFile } from 'node:fs/promises';
import { request as httpRequest, RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { AdmissionConfig } from '../config';
import { FeedProblem } from './FeedProblem';

const TIMEOUT_MS = 30_000;
const MAX_BYTES = 64 * 1024 * 1024;

/** Where the feed is read. */
export type FeedAddress = NonNullable<AdmissionConfig['feed']>;

/**
 * Reads one page from the portal. The token is read each time: it may have been renewed.
 *
 * @throws FeedProblem
 */
export async function fetchEnvelope(
  feed: Pick<FeedAddress, 'url' | 'tokenFile' | 'certificateAuthorityFile'>,
  { since, signal }: { since: string; signal: AbortSignal },
): Promise<unknown> {
  const url = new URL(feed.url);
  if (since) {
    url.searchParams.set('since', since);
  }
  try {
    const { tokenFile, certificateAuthorityFile: caFile } = feed;
    const token = tokenFile && (await readFile(tokenFile, 'utf8')).trim();
    const ca = caFile && (await readFile(caFile, 'utf8'));
    const { status, body } = await get(url, {
      headers: {
        accept: 'application/json',
        ...(token && { authorization: `Bearer ${token}` }),
      },
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      ...(ca && { ca }),
    });
    if (status === 400 && since) {
      throw new FeedProblem(
        'feedMalformed',
        'the portal knows no such cursor',
        { startOver: true },
      );
    }
    if (status !== 200) {
      throw new FeedProblem('feedUnreachable', `it answered with ${status}`);
    }
    return parse(body);
  } catch (error) {
    throw error instanceof FeedProblem
      ? error
      : new FeedProblem('feedUnreachable', (error as Error).message);
  }
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new FeedProblem('feedMalformed', 'expected JSON');
  }
}

/** Redirects are not followed: the token is for one address. */
function get(
  url: URL,
  options: RequestOptions & { ca?: string },
): Promise<{ status: number; body: Buffer }> {
  const start = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = start(url, options, response => {
      readAll(response).then(
        body => resolve({ status: response.statusCode ?? 0, body }),
        reject,
      );
    });
    request.on('error', reject);
    request.end();
  });
}

async function readAll(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += chunk.length;
    if (size > MAX_BYTES) {
      throw new FeedProblem(
        'feedMalformed',
        `it is larger than ${MAX_BYTES} bytes`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
