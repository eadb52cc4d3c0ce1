import { IncomingMessage } from 'node:http';
import { KUBERNETES_RESOURCES, KubernetesResource } from './resources';

/**
 * A request as the authorizer of an API server sees it.
 * @public
 */
export interface ApiRequest {
  verb: 'get' | 'list' | 'watch' | 'other';
  group: string;
  version: string;
  /** Plural, as written in the path. */
  resource: string;
  /** Undefined when the server has no such resource. */
  type?: KubernetesResource;
  namespace?: string;
  name?: string;
  /** Asked for `PartialObjectMetadata`. */
  metadataOnly: boolean;
  query: URLSearchParams;
}

/**
 * Reads `/api/v1/...` and `/apis/<group>/<version>/...`; undefined for any
 * other path.
 * @public
 */
export function parseApiRequest(
  request: IncomingMessage,
): ApiRequest | undefined {
  const url = new URL(request.url ?? '/', 'http://sandbox');
  const match =
    /^\/(?:api|apis\/(?<group>[^/]+))\/(?<version>v[^/]+)(?:\/namespaces\/(?<namespace>[^/]+)(?=\/))?\/(?<resource>[^/]+)(?:\/(?<name>[^/]+))?$/.exec(
      url.pathname,
    )?.groups;
  if (!match) {
    return undefined;
  }
  const { group = '', version, resource } = match;
  const watch = ['1', 'true'].includes(url.searchParams.get('watch') ?? '');
  const collectionVerb = watch ? 'watch' : 'list';
  const readVerb = match.name ? 'get' : collectionVerb;
  return {
    verb: request.method === 'GET' ? readVerb : 'other',
    group,
    version,
    resource,
    type: KUBERNETES_RESOURCES.find(
      type =>
        type.group === group &&
        type.version === version &&
        type.plural === resource,
    ),
    namespace: match.namespace && decodeURIComponent(match.namespace),
    name: match.name && decodeURIComponent(match.name),
    metadataOnly: /as=PartialObjectMetadata/.test(request.headers.accept ?? ''),
    query: url.searchParams,
  };
}
