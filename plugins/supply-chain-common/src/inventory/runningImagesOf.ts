import {
  ObservedContainer,
  ObservedPod,
  RunningImage,
  WorkloadRef,
} from '../model/runningImage';
import { compareText } from '../vulnerabilities/compareText';
import { resolveRunningDigest } from './resolveRunningDigest';

/**
 * A running image before it is known which entities it belongs to.
 *
 * @public
 */
export type UnlinkedRunningImage = Omit<RunningImage, 'entityRefs'>;

/** Pods that ended keep their object; nothing of them runs. */
const ENDED_PHASES = ['Succeeded', 'Failed'];

/**
 * Aggregates the pods of a cluster: the same container of all pods of one workload with the same image is one
 * running image. All container types count, pods that ended do not (L4).
 *
 * @public
 */
export function runningImagesOf(options: {
  cluster: string;
  pods: ObservedPod[];
  now: Date;
}): UnlinkedRunningImage[] {
  const groups = new Map<string, Occurrence[]>();
  for (const pod of options.pods) {
    if (!ENDED_PHASES.includes(pod.phase)) {
      for (const container of pod.containers) {
        const key = groupKey(pod, container);
        const group = groups.get(key);
        if (group) {
          group.push({ pod, container });
        } else {
          groups.set(key, [{ pod, container }]);
        }
      }
    }
  }
  return [...groups.entries()]
    .sort(([left], [right]) => compareText(left, right))
    .map(([, group]) => aggregate(group, options));
}

type Occurrence = { pod: ObservedPod; container: ObservedContainer };

function groupKey(pod: ObservedPod, container: ObservedContainer): string {
  const { digest } = resolveRunningDigest(container);
  return JSON.stringify([
    pod.namespace,
    pod.workload.kind,
    pod.workload.name,
    container.name,
    container.type,
    container.imageRef,
    digest ?? '',
  ]);
}

function aggregate(
  group: Occurrence[],
  { cluster, now }: { cluster: string; now: Date },
): UnlinkedRunningImage {
  const [{ pod, container }] = group;
  const started = group.some(each => each.container.started);
  const waitingReason = group.find(
    each => !each.container.started && each.container.waitingReason,
  )?.container.waitingReason;
  const platform = platformsText(group);
  const seenAt = now.toISOString();
  return {
    cluster,
    namespace: pod.namespace,
    workload: pod.workload,
    container: container.name,
    containerType: container.type,
    imageRef: container.imageRef,
    ...resolveGroupDigest(group),
    ...(platform && { platform }),
    started,
    ...(waitingReason && { waitingReason }),
    pods: new Set(group.map(each => each.pod.uid)).size,
    controllers: controllersOf(group),
    firstSeen: seenAt,
    lastSeen: seenAt,
  };
}

/** Pods of one group share the digest; where runtimes name the repository differently, the odd one is shown (L1). */
function resolveGroupDigest(group: Occurrence[]) {
  const resolved = group.map(each => resolveRunningDigest(each.container));
  return (
    resolved.find(each => each.imageIDRepository !== undefined) ??
    resolved.find(each => each.digestSource === 'imageID') ??
    resolved[0]
  );
}

/** An image that runs on several platforms needs a scan for each (L2): all are kept, sorted. */
function platformsText(group: Occurrence[]): string {
  const platforms = group.flatMap(({ pod }) =>
    pod.platform === undefined ? [] : [pod.platform],
  );
  return [...new Set(platforms)].sort(compareText).join(',');
}

/** What reports of Trivy Operator name: the direct controller, and of a Job that a CronJob made the CronJob. */
function controllersOf(group: Occurrence[]): WorkloadRef[] {
  const named = group.flatMap(({ pod: { controller, workload } }) =>
    workload.kind === 'CronJob' ? [controller, workload] : [controller],
  );
  const controllers = new Map(
    named.map(({ kind, name }) => [`${kind}/${name}`, { kind, name }]),
  );
  return [...controllers.entries()]
    .sort(([left], [right]) => compareText(left, right))
    .map(([, controller]) => controller);
}
