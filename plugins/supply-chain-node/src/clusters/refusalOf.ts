import { ClusterReadError, ClusterReadReason } from './ClusterReadError';
import { isRecord } from 'backstage-plugin-supply-chain-common';
import { readBounded } from './readBounded';
import { ResourceTarget } from './readableResources';

/**
 * The verbs of a ClusterRole this product uses.
 *
 * @public
 */
export type ReadVerb = 'get' | 'list' | 'watch';

const REFUSAL_MAX_BYTES = 64 * 1024;
const MESSAGE_MAX_LENGTH = 300;

// The errors of the Kubernetes plugin for clusters it can only reach with a token from the user's browser.
const NEEDS_USER =
  /token not found under|no bearer token or client cert|authentication token.*(?:missing|required)/i;

// An API server knows a resource neither by its router nor, where it is served by another server, by its API.
const UNKNOWN_PATH = '404 page not found';
const UNKNOWN_RESOURCE = /could not find the requested resource/;

type Refusal = {
  /** No error of the portal. */
  fromCluster: boolean;
  /** The form every refusal of an API server has, but that of its router. */
  isStatus: boolean;
  message: string;
};

/**
 * Turns an answer that is not a success into the error to throw.
 *
 * @internal
 */
export async function refusalOf(options: {
  response: Response;
  target: ResourceTarget;
  verb: ReadVerb;
}): Promise<ClusterReadError> {
  const { response, target, verb } = options;
  const { status } = response;
  const refusal = await readRefusal(response);
  const fail = (
    reason: ClusterReadReason,
    message: string,
    details: { expired?: boolean; objectMissing?: boolean } = {},
  ) =>
    new ClusterReadError(reason, message, {
      status,
      retryAfterMs: retryAfterMs(response),
      ...details,
    });
  if (status >= 300 && status < 400) {
    return fail('malformedAnswer', 'redirects are not followed (L31)');
  }
  switch (status) {
    case 401:
      return fail('clusterRefused', refusal.message);
    case 403:
      return fail('clusterForbidden', missingRight(refusal, target, verb));
    case 404:
      return notFound(refusal, target, fail);
    case 410:
      return fail('clusterUnreachable', refusal.message, { expired: true });
    case 408:
      return fail('sourceTimeout', refusal.message);
    case 429:
      return fail('clusterUnreachable', refusal.message);
    default:
      break;
  }
  if (NEEDS_USER.test(refusal.message)) {
    return fail('clusterNeedsUser', refusal.message);
  }
  return status >= 500
    ? fail('clusterUnreachable', `${status}: ${refusal.message}`)
    : fail('malformedAnswer', `unexpected status ${status}`);
}

/**
 * Text of another system, cut to what fits in a sentence.
 *
 * @internal
 */
export function shortText(text: string): string {
  return text.length > MESSAGE_MAX_LENGTH
    ? `${text.slice(0, MESSAGE_MAX_LENGTH)}…`
    : text;
}

function missingRight(
  refusal: Refusal,
  target: ResourceTarget,
  verb: ReadVerb,
): string {
  if (!refusal.fromCluster) {
    return `the Kubernetes plugin refuses its proxy: ${refusal.message}`;
  }
  const where = target.namespace ? ` in namespace ${target.namespace}` : '';
  return `${verb} ${target.resource}${where}`;
}

function notFound(
  refusal: Refusal,
  target: ResourceTarget,
  fail: (
    reason: ClusterReadReason,
    message: string,
    details?: { objectMissing?: boolean },
  ) => ClusterReadError,
): ClusterReadError {
  const isUnknownResource = refusal.isStatus
    ? UNKNOWN_RESOURCE.test(refusal.message)
    : refusal.message === UNKNOWN_PATH;
  if (isUnknownResource) {
    return fail('resourceMissing', `no resource '${target.resource}'`);
  }
  if (refusal.isStatus && target.name !== undefined) {
    return fail('resourceMissing', refusal.message, { objectMissing: true });
  }
  // Of a load balancer, a gateway or the portal: it says nothing of what the cluster has.
  const answer = refusal.fromCluster ? '404: ' : '';
  return fail('clusterUnreachable', `${answer}${refusal.message}`);
}

async function readRefusal(response: Response): Promise<Refusal> {
  const text = await readText(response);
  const body = parse(text);
  if (isRecord(body) && body.kind === 'Status') {
    const message = shortText(String(body.message ?? 'no message'));
    return { fromCluster: true, isStatus: true, message };
  }
  if (isRecord(body) && isRecord(body.error)) {
    const message = shortText(String(body.error.message ?? 'no message'));
    return { fromCluster: false, isStatus: false, message };
  }
  const message = shortText(text.trim() || response.statusText || 'no message');
  // What is neither a Status nor an error of the portal came through the proxy unchanged.
  return { fromCluster: true, isStatus: false, message };
}

async function readText(response: Response): Promise<string> {
  try {
    return (await readBounded(response, REFUSAL_MAX_BYTES)).toString('utf8');
  } catch (error) {
    // The status alone decides; this text only explains it.
    return `its explanation could not be read: ${error}`;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: the caller takes the text as it is.
    return undefined;
  }
}

function retryAfterMs(response: Response): number | undefined {
  const seconds = Number(response.headers.get('Retry-After') ?? NaN);
  return seconds >= 0 && seconds <= 3_600 ? seconds * 1_000 : undefined;
}
