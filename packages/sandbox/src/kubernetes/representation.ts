import {
  apiVersionOf,
  KubernetesObject,
  KubernetesResource,
} from './resources';

/**
 * An object alone, as GET and watch events carry it.
 * @public
 */
export function single(
  object: KubernetesObject,
  metadataOnly: boolean,
): Record<string, unknown> {
  return metadataOnly
    ? {
        kind: 'PartialObjectMetadata',
        apiVersion: 'meta.k8s.io/v1',
        metadata: object.metadata,
      }
    : object;
}

/**
 * An object inside a list: built-in types carry neither apiVersion nor kind
 * there, custom resources and metadata do.
 * @public
 */
export function listItem(
  object: KubernetesObject,
  type: KubernetesResource,
  metadataOnly: boolean,
): Record<string, unknown> {
  if (metadataOnly || type.custom) {
    return single(object, metadataOnly);
  }
  const { apiVersion: _apiVersion, kind: _kind, ...rest } = object;
  return rest;
}

/** @public */
export function listDocument(options: {
  type: KubernetesResource;
  items: KubernetesObject[];
  metadataOnly: boolean;
  metadata: Record<string, unknown>;
}): Record<string, unknown> {
  const { type, metadataOnly } = options;
  return {
    kind: metadataOnly ? 'PartialObjectMetadataList' : `${type.kind}List`,
    apiVersion: metadataOnly ? 'meta.k8s.io/v1' : apiVersionOf(type),
    metadata: options.metadata,
    items: options.items.map(item => listItem(item, type, metadataOnly)),
  };
}
