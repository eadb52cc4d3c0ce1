import {
  controllerOf,
  isObjectName,
  KubernetesObject,
  OwnerReference,
} from 'backstage-plugin-supply-chain-common';

/**
 * The owner that controls an object. One that none can be called controls nothing: whoever writes a pod writes its owner
 * references too, and must not hide it by them.
 */
export function namedControllerOf(
  object: KubernetesObject,
): OwnerReference | undefined {
  const owner = controllerOf(object);
  return owner && [owner.kind, owner.name].every(isObjectName)
    ? owner
    : undefined;
}
