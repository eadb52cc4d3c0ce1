import { nameOf } from './ConvertingTarget';
import {
  isKubernetesObject,
  KubernetesObject,
} from 'backstage-plugin-supply-chain-common';
import { ObjectProblem } from './ReflectorTarget';
import { ResourceReader } from './ResourceReader';

/**
 * The listed items that can be keyed and are of the resource; the others as problems.
 *
 * @internal
 */
export function usableObjects(
  items: unknown[],
  reader: Pick<ResourceReader, 'accepts'>,
): { objects: KubernetesObject[]; problems: ObjectProblem[] } {
  const objects: KubernetesObject[] = [];
  const problems: ObjectProblem[] = [];
  const refuse = (message: string) =>
    problems.push({ reason: 'malformedAnswer', message });
  for (const item of items) {
    if (!isKubernetesObject(item)) {
      refuse('a listed object has no name, uid or resourceVersion');
    } else if (!reader.accepts(item)) {
      refuse(`${nameOf(item)}: unexpected kind in a list`);
    } else {
      objects.push(item);
    }
  }
  return { objects, problems };
}
