/**
 * Who owns an object.
 *
 * @public
 */
export type OwnerReference = {
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
};

/**
 * An object of the Kubernetes API after the one check every reader needs: it has a name, a uid and a resource
 * version. Everything else in it is unchecked.
 *
 * @public
 */
export type KubernetesObject = {
  apiVersion?: unknown;
  kind?: unknown;
  metadata: {
    name: string;
    uid: string;
    resourceVersion: string;
    namespace?: string;
    [field: string]: unknown;
  };
  [field: string]: unknown;
};

/**
 * Whether a value is a JSON object.
 *
 * @public
 */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Whether a value read from an API is an object this product can key and version.
 *
 * @public
 */
export function isKubernetesObject(value: unknown): value is KubernetesObject {
  if (!isRecord(value) || !isRecord(value.metadata)) {
    return false;
  }
  const { name, uid, resourceVersion, namespace } = value.metadata;
  return (
    [name, uid, resourceVersion].every(
      text => typeof text === 'string' && text.length > 0,
    ) &&
    (namespace === undefined || typeof namespace === 'string')
  );
}

/** No name of Kubernetes is longer: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const NAME_MAX_LENGTH = 253;

/**
 * Whether a text can be the name of an object. Names in owner references and annotations are whatever their author wrote.
 *
 * @public
 */
export function isObjectName(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length > 0 &&
    value.length <= NAME_MAX_LENGTH &&
    !/\p{C}/u.test(value)
  );
}

/**
 * The owner that controls an object, if there is one. Its name is whatever the author of the object wrote.
 *
 * @public
 */
export function controllerOf(
  object: KubernetesObject,
): OwnerReference | undefined {
  const { ownerReferences } = object.metadata;
  if (!Array.isArray(ownerReferences)) {
    return undefined;
  }
  const owner = ownerReferences.find(
    each => isRecord(each) && each.controller === true,
  );
  if (!owner) {
    return undefined;
  }
  const { kind, name, uid } = owner;
  return [kind, name, uid].every(
    text => typeof text === 'string' && text.length > 0,
  )
    ? { kind, name, uid, controller: true }
    : undefined;
}

/**
 * The texts among the values of a map such as `metadata.labels`.
 *
 * @public
 */
export function textMap(value: unknown): Record<string, string> {
  if (!isRecord(value)) {
    return {};
  }
  return Object.fromEntries(
    Object.entries(value).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

/**
 * Whether a resource version is older than, equal to or newer than another. Undefined when that cannot be told.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions
 *
 * @public
 */
export function compareResourceVersions(
  left: string,
  right: string,
): number | undefined {
  const decimal = /^\d{1,20}$/;
  if (left === right) {
    return 0;
  }
  if (!decimal.test(left) || !decimal.test(right)) {
    return undefined;
  }
  return BigInt(left) < BigInt(right) ? -1 : 1;
}
