import { ContainerType, isRecord } from 'backstage-plugin-supply-chain-common';
import { PodTemplate } from './podSpecOf';

/** An image that a pod asks for. All container types and image volumes count (L4). */
export type RequestedContainer = {
  type: ContainerType;
  /** Name of the container, or of the volume. Hostile. */
  name: string;
  /** As written; empty when it is missing or no text. Hostile. */
  imageRef: string;
  /** Keys that lead to the reference in the object. */
  path: readonly (string | number)[];
};

const LISTS: readonly { key: string; type: ContainerType }[] = [
  { key: 'initContainers', type: 'init' },
  { key: 'containers', type: 'app' },
  { key: 'ephemeralContainers', type: 'ephemeral' },
];

/** Every image a pod asks for, in the order of its spec. */
export function requestedImages(pod: PodTemplate): RequestedContainer[] {
  return [
    ...LISTS.flatMap(({ key, type }) =>
      entriesOf(pod.spec[key]).map(([container, index]) => ({
        type: type === 'init' && restartsAlways(container) ? 'sidecar' : type,
        name: textOf(container.name),
        imageRef: textOf(container.image),
        path: [...pod.path, key, index, 'image'],
      })),
    ),
    ...entriesOf(pod.spec.volumes).flatMap(([volume, index]) =>
      // https://kubernetes.io/docs/concepts/storage/volumes/#image
      isRecord(volume.image)
        ? [
            {
              type: 'volume' as const,
              name: textOf(volume.name),
              imageRef: textOf(volume.image.reference),
              path: [...pod.path, 'volumes', index, 'image', 'reference'],
            },
          ]
        : [],
    ),
  ];
}

/**
 * The images of a pod that its earlier form did not have in the same place: what runs already is not stopped by a change
 * to something else.
 */
export function changedImages(
  images: RequestedContainer[],
  before: RequestedContainer[],
): RequestedContainer[] {
  const known = new Set(before.map(keyOf));
  return images.filter(image => !known.has(keyOf(image)));
}

function keyOf({ type, name, imageRef }: RequestedContainer): string {
  return JSON.stringify([type, name, imageRef]);
}

function entriesOf(list: unknown): [Record<string, unknown>, number][] {
  return Array.isArray(list)
    ? list.map((entry, index) => [isRecord(entry) ? entry : {}, index])
    : [];
}

/** https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/ */
function restartsAlways({ restartPolicy }: Record<string, unknown>): boolean {
  return restartPolicy === 'Always';
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
