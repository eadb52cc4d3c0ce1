import {
  ContainerType,
  isRecord,
  KubernetesObject,
  ObservedContainer,
  ObservedPod,
  textMap,
  WorkloadRef,
} from 'backstage-plugin-supply-chain-common';
import { namedControllerOf } from './namedControllerOf';

/**
 * What a pod alone says. Its workload and platform stand in other objects.
 *
 * @public
 */
export type ParsedPod = Omit<ObservedPod, 'workload' | 'platform'> & {
  /** The direct controller; the pod itself when nothing controls it. */
  controller: WorkloadRef & { uid: string };
  nodeName?: string;
};

/**
 * Result of {@link parsePod}.
 *
 * - `ended`: phase Succeeded or Failed. Nothing of it runs any more, so a completed Job's pod is no running image (L4).
 *
 * @public
 */
export type ParsePodResult =
  | { kind: 'pod'; pod: ParsedPod }
  | { kind: 'ended' }
  | { kind: 'malformed'; message: string };

const ENDED_PHASES = ['Succeeded', 'Failed'];

/**
 * Reads a pod. A pod that is being deleted counts until it is gone: its containers still run.
 *
 * @public
 */
export function parsePod(object: KubernetesObject): ParsePodResult {
  const { metadata, spec, status = {} } = object;
  if (metadata.namespace === undefined || !isRecord(spec)) {
    return { kind: 'malformed', message: 'no namespace or no spec' };
  }
  if (!Array.isArray(spec.containers) || !isRecord(status)) {
    return { kind: 'malformed', message: 'no containers or no status' };
  }
  const phase = text(status.phase) ?? 'Unknown';
  if (ENDED_PHASES.includes(phase)) {
    return { kind: 'ended' };
  }
  const { name, namespace, uid, resourceVersion } = metadata;
  const owner = namedControllerOf(object) ?? { kind: 'Pod', name, uid };
  const nodeName = text(spec.nodeName);
  return {
    kind: 'pod',
    pod: {
      uid,
      namespace,
      name,
      labels: textMap(metadata.labels),
      phase,
      controller: { kind: owner.kind, name: owner.name, uid: owner.uid },
      containers: [...containersOf(spec, status), ...volumesOf(spec, status)],
      resourceVersion,
      ...(nodeName && { nodeName }),
    },
  };
}

type Json = Record<string, unknown>;

function containersOf(spec: Json, status: Json): ObservedContainer[] {
  const lists = [
    { specs: 'containers', statuses: 'containerStatuses', type: 'app' },
    {
      specs: 'initContainers',
      statuses: 'initContainerStatuses',
      type: 'init',
    },
    {
      specs: 'ephemeralContainers',
      statuses: 'ephemeralContainerStatuses',
      type: 'ephemeral',
    },
  ] as const;
  return lists.flatMap(({ specs, statuses, type }) =>
    records(spec[specs]).map(container =>
      observe({
        container,
        status: statusOf(status[statuses], container.name),
        // https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
        type:
          type === 'init' && container.restartPolicy === 'Always'
            ? 'sidecar'
            : type,
      }),
    ),
  );
}

function observe(options: {
  container: Json;
  status: Json;
  type: ContainerType;
}): ObservedContainer {
  const { container, status, type } = options;
  const waitingReason = waitingReasonOf(status);
  return {
    name: text(container.name) ?? '',
    type,
    imageRef: text(container.image) ?? '',
    imageID: text(status.imageID) ?? '',
    started: hasStarted(status),
    ...(waitingReason && { waitingReason }),
  };
}

/** Image volumes: https://kubernetes.io/docs/tasks/configure-pod-container/image-volumes/ */
function volumesOf(spec: Json, status: Json): ObservedContainer[] {
  const volumes = records(spec.volumes).filter(({ image }) => isRecord(image));
  return volumes.map(({ name, image }) => {
    const mounts = mountsOf(spec, status, name);
    return {
      name: text(name) ?? '',
      type: 'volume',
      imageRef: text((image as Json).reference) ?? '',
      imageID: mounts.map(({ imageRef }) => imageRef).find(Boolean) ?? '',
      // Mounted before the container that mounts it starts.
      started: mounts.some(({ started }) => started),
    };
  });
}

function mountsOf(
  spec: Json,
  status: Json,
  volume: unknown,
): Array<{ started: boolean; imageRef?: string }> {
  const lists = [
    ['containers', 'containerStatuses'],
    ['initContainers', 'initContainerStatuses'],
    ['ephemeralContainers', 'ephemeralContainerStatuses'],
  ];
  return lists.flatMap(([specs, statuses]) =>
    records(spec[specs])
      .filter(({ volumeMounts }) =>
        records(volumeMounts).some(({ name }) => name === volume),
      )
      .map(({ name }) => {
        const own = statusOf(status[statuses], name);
        return { started: hasStarted(own), imageRef: mountedRef(own, volume) };
      }),
  );
}

/** The digest of a mounted image, which clusters report since Kubernetes 1.35. */
function mountedRef(status: Json, volume: unknown): string | undefined {
  const mount = records(status.volumeMounts).find(
    ({ name }) => name === volume,
  );
  const volumeStatus = isRecord(mount?.volumeStatus) ? mount.volumeStatus : {};
  const image = isRecord(volumeStatus.image) ? volumeStatus.image : {};
  return text(image.imageRef);
}

function statusOf(statuses: unknown, name: unknown): Json {
  return records(statuses).find(status => status.name === name) ?? {};
}

/** Whether the container has ever run; one that waits after a crash has. */
function hasStarted(status: Json): boolean {
  const states = [status.state, status.lastState].filter(isRecord);
  return (
    status.started === true ||
    Number(status.restartCount ?? 0) > 0 ||
    states.some(state => isRecord(state.running) || isRecord(state.terminated))
  );
}

function waitingReasonOf({ state }: Json): string | undefined {
  return isRecord(state) && isRecord(state.waiting)
    ? text(state.waiting.reason)
    : undefined;
}

function records(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
