import {
  EntityLinker,
  ObservedPod,
  UnlinkedRunningImage,
  runningImagesOf,
} from 'backstage-plugin-supply-chain-common';
import { RunningImageRow } from '../../tables';
import { runningImageId, runningImageRow } from './runningImageRow';

/** A running image as it is now, with the entities it belongs to. */
export type LinkedRunningImage = { row: RunningImageRow; entityRefs: string[] };

/** Options of {@link aggregatePods}. */
export type AggregatePodsOptions = {
  cluster: string;
  /** All pods of some workloads. */
  pods: ObservedPod[];
  linker: EntityLinker;
  now: Date;
};

/** The running images of all pods of some workloads. An image belongs to the entities of any of its pods. */
export function aggregatePods(
  options: AggregatePodsOptions,
): LinkedRunningImage[] {
  const { cluster, pods, linker, now } = options;
  const refsByImage = new Map<string, Set<string>>();
  const images = new Map<string, UnlinkedRunningImage>();
  for (const image of runningImagesOf({ cluster, pods, now })) {
    images.set(runningImageId(image), image);
  }
  for (const pod of pods) {
    const refs = linker.entityRefsOf({ ...pod, cluster });
    if (refs.length > 0) {
      for (const image of runningImagesOf({ cluster, pods: [pod], now })) {
        const id = runningImageId(image);
        const known = refsByImage.get(id) ?? new Set();
        refs.forEach(ref => known.add(ref));
        refsByImage.set(id, known);
      }
    }
  }
  return [...images].map(([id, image]) => {
    const entityRefs = [...(refsByImage.get(id) ?? [])].sort();
    return {
      row: runningImageRow({ image, entityRefs, now: now.toISOString() }),
      entityRefs,
    };
  });
}
