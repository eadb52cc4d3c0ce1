import { Reply } from '../http';
import { parseLabelSelector } from './labelSelector';
import { ObjectStore } from './ObjectStore';
import { ApiRequest } from './parseApiRequest';
import { listDocument } from './representation';
import { KubernetesObject, KubernetesResource } from './resources';
import { apiReply, statusReply } from './statusReply';

interface ContinueToken {
  revision: number;
  /** `namespace/name` of the last object given out. */
  after: string;
}

/**
 * Answers a LIST, paged by `limit` and `continue` over one consistent revision:
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks
 * @public
 */
export function listReply(options: {
  request: ApiRequest & { type: KubernetesResource };
  store: ObjectStore;
  /** The revision this server has seen; lower than the store's when it lags. */
  revision: number;
  /**
   * Most objects in one page: the API lets a server give fewer than asked for.
   * @defaultValue as many as asked for
   */
  maxPage?: number;
}): Reply {
  const { request, store, maxPage = Infinity } = options;
  const token = request.query.get('continue');
  const wanted = request.query.get('resourceVersion');
  if (Number(wanted ?? 0) > store.revision) {
    return statusReply(504, `Too large resource version: ${wanted}`);
  }
  const position = token ? decodeToken(token) : undefined;
  if (token && !position) {
    return statusReply(400, 'continue key is not valid');
  }
  if (position && position.revision < store.compacted) {
    return expired(store, position);
  }
  const revision = position?.revision ?? options.revision;
  const matching = select(request, store.list(request.type.plural, revision));
  const rest = position
    ? matching.filter(object => orderOf(object) > position.after)
    : matching;
  const length = pageLength({ request, rest: rest.length, wanted, maxPage });
  const page = rest.slice(0, length);
  const left = rest.length - page.length;
  return apiReply(
    200,
    listDocument({
      type: request.type,
      metadataOnly: request.metadataOnly,
      items: page,
      metadata: {
        resourceVersion: String(revision),
        ...(left > 0
          ? {
              continue: encodeToken({
                revision,
                after: orderOf(page[page.length - 1]),
              }),
              // With a selector the server does not know how many are left.
              ...(request.query.get('labelSelector')
                ? {}
                : { remainingItemCount: left }),
            }
          : {}),
      },
    }),
  );
}

function pageLength(options: {
  request: ApiRequest;
  rest: number;
  wanted: string | null;
  maxPage: number;
}): number {
  const { request, rest, wanted, maxPage } = options;
  const limit = Number(request.query.get('limit') ?? 0);
  // The watch cache answers resourceVersion=0 and knows no limit.
  return limit > 0 && wanted !== '0' ? Math.min(limit, maxPage) : rest;
}

function select(
  request: ApiRequest,
  objects: KubernetesObject[],
): KubernetesObject[] {
  const matches = parseLabelSelector(request.query.get('labelSelector'));
  return objects.filter(
    object =>
      (request.namespace === undefined ||
        object.metadata.namespace === request.namespace) &&
      matches(object.metadata.labels),
  );
}

function orderOf(object: KubernetesObject): string {
  return `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}

function encodeToken(token: ContinueToken): string {
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

function decodeToken(text: string): ContinueToken | undefined {
  try {
    const token = JSON.parse(
      Buffer.from(text, 'base64url').toString('utf8'),
    ) as ContinueToken;
    return typeof token.revision === 'number' && typeof token.after === 'string'
      ? token
      : undefined;
  } catch {
    // Not a token of ours: the caller answers 400.
    return undefined;
  }
}

function expired(store: ObjectStore, position: ContinueToken): Reply {
  return statusReply(
    410,
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results.',
    {
      continue: encodeToken({
        revision: store.revision,
        after: position.after,
      }),
    },
  );
}
