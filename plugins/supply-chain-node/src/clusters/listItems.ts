import { createBreather } from './breather';
import { ClusterReadError } from './ClusterReadError';
import { isRecord } from 'backstage-plugin-supply-chain-common';

/**
 * What a list says of itself.
 *
 * @public
 */
export type ListHead = { resourceVersion: string; continueToken?: string };

/**
 * A list of an API server, its items still unchecked.
 *
 * @public
 */
export type ListPage<I = unknown[] | Promise<unknown[]>> = ListHead & {
  /** Possibly later: the next page can be asked for meanwhile. */
  items: I;
  bytes: number;
};

/**
 * What makes a page of the body of an answer.
 *
 * @public
 */
export type PageParser = (body: Buffer) => Promise<ListPage>;

/** Up to here one JSON.parse takes less than the event loop may be held. */
const WHOLE_PARSE_MAX_BYTES = 8 * 1024 * 1024;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/**
 * Parses a list. A large one is taken apart item by item, so that the event loop is never held for long: the watch
 * cache answers `resourceVersion=0` with everything at once, whatever `limit` says.
 *
 * @internal
 */
export async function parseList(body: Buffer): Promise<ListPage<unknown[]>> {
  if (body.length <= WHOLE_PARSE_MAX_BYTES) {
    const list = parseJson(body.toString('utf8'));
    return pageOf(list, list.items, body.length);
  }
  const { items, rest } = await splitItems(body);
  return pageOf(parseJson(rest), items, body.length);
}

/**
 * Pages of one list are of one version; another one leaves out what its beginning held. Returns the first page.
 *
 * @internal
 */
export function expectSameList(
  first: ListPage | undefined,
  page: ListPage,
): ListPage {
  if (first && first.resourceVersion !== page.resourceVersion) {
    throw malformed(
      `a page of version ${page.resourceVersion} in a list of version ${first.resourceVersion}`,
    );
  }
  return first ?? page;
}

function parseJson(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw malformed('the list is not JSON', error);
  }
  if (!isRecord(value)) {
    throw malformed('the list is not an object');
  }
  return value;
}

function pageOf(
  list: Record<string, unknown>,
  items: unknown,
  bytes: number,
): ListPage<unknown[]> {
  const head = headOf(list);
  // Go writes an empty list of a custom resource as null now and then.
  if (items !== null && !Array.isArray(items)) {
    throw malformed('the list has no items');
  }
  return { ...head, items: items ?? [], bytes };
}

function headOf({ metadata }: Record<string, unknown>): ListHead {
  if (
    !isRecord(metadata) ||
    typeof metadata.resourceVersion !== 'string' ||
    metadata.resourceVersion === ''
  ) {
    throw malformed('the list has no resourceVersion');
  }
  const { resourceVersion, continue: token } = metadata;
  return {
    resourceVersion,
    ...(typeof token === 'string' && token && { continueToken: token }),
  };
}

/** API servers write the metadata of a list before its items; in so many bytes it fits. */
const HEAD_MAX_BYTES = 16 * 1024;

/**
 * What a list says of itself before its items begin; undefined when it does not say so there. Only the whole list tells
 * whether that is all it says.
 *
 * @internal
 */
export function peekHead(body: Buffer): ListHead | undefined {
  const head = body.subarray(0, HEAD_MAX_BYTES);
  try {
    return headOf(parseJson(`${head.toString('utf8', 0, findItems(head))}]}`));
  } catch (error) {
    if (!(error instanceof ClusterReadError)) {
      throw error;
    }
    return undefined;
  }
}

/**
 * The reason for a list that is none.
 *
 * @internal
 */
export function malformed(message: string, cause?: unknown): ClusterReadError {
  return new ClusterReadError('malformedAnswer', message, { cause });
}

/** Cuts out the elements of the top-level `items`; `rest` is the document with `items` empty. */
async function splitItems(
  body: Buffer,
): Promise<{ items: unknown[]; rest: string }> {
  const breathe = createBreather();
  const start = findItems(body);
  const items: unknown[] = [];
  let position = start;
  for (;;) {
    position = skipSeparators(body, position);
    if (body[position] === CLOSE_BRACKET) {
      break;
    }
    const end = endOfObject(body, position);
    items.push(parseJson(body.toString('utf8', position, end)));
    position = end;
    await breathe();
  }
  const head = body.toString('utf8', 0, start);
  return { items, rest: head + body.toString('utf8', position) };
}

/** The position after the bracket that opens the top-level `items`. */
function findItems(body: Buffer): number {
  let depth = 0;
  for (let position = 0; position < body.length; position += 1) {
    const byte = body[position];
    if (byte === QUOTE) {
      const end = endOfString(body, position);
      const key = depth === 1 && body.toString('utf8', position, end);
      position = end - 1;
      if (key === '"items"') {
        const bracket = /^\s*:\s*\[/.exec(
          body.toString('utf8', end, end + 16),
        )?.[0];
        if (bracket) {
          return end + bracket.length;
        }
      }
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      depth += 1;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      depth -= 1;
    }
  }
  throw malformed('the list has no items');
}

function skipSeparators(body: Buffer, from: number): number {
  let position = from;
  while (position < body.length) {
    const byte = body[position];
    if (byte === CLOSE_BRACKET || byte === OPEN_BRACE) {
      return position;
    }
    if (byte !== 0x2c && byte > 0x20) {
      throw malformed('the list has an item that is not an object');
    }
    position += 1;
  }
  throw malformed('the list ends early');
}

function endOfObject(body: Buffer, from: number): number {
  let depth = 0;
  for (let position = from; position < body.length; position += 1) {
    const byte = body[position];
    if (byte === QUOTE) {
      position = endOfString(body, position) - 1;
    } else if (byte === OPEN_BRACE) {
      depth += 1;
    } else if (byte === CLOSE_BRACE) {
      depth -= 1;
      if (depth === 0) {
        return position + 1;
      }
    }
  }
  throw malformed('the list ends early');
}

/** The position after the closing quote of the string that opens at `from`. */
function endOfString(body: Buffer, from: number): number {
  let quote = body.indexOf(QUOTE, from + 1);
  while (quote >= 0) {
    let backslashes = 0;
    while (body[quote - 1 - backslashes] === BACKSLASH) {
      backslashes += 1;
    }
    if (backslashes % 2 === 0) {
      return quote + 1;
    }
    quote = body.indexOf(QUOTE, quote + 1);
  }
  throw malformed('the list ends early');
}
