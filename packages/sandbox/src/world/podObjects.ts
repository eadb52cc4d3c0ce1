import { createHash } from 'node:crypto';
import { formatApiTime, KubernetesObject } from '../kubernetes';
import { digestOf } from '../registry';

/**
 * A container as the cluster sees it.
 * @public
 */
export interface RunningContainer {
  name: string;
  type: 'app' | 'init';
  /** As written in the workload. */
  imageRef: string;
  /** `repository@digest` as the node reports it. */
  imageId: string;
  state: 'running' | 'imagePullBackOff';
}

/**
 * A workload to be turned into API objects.
 * @public
 */
export interface WorkloadDescription {
  kind: 'Deployment' | 'StatefulSet' | 'CronJob';
  name: string;
  namespace: string;
  /** Value of the label that links it to the catalog; absent: linked to nothing. */
  service?: string;
  replicas: number;
  containers: RunningContainer[];
  nodeName: string;
  now: Date;
}

/**
 * The same name always gets the same identity.
 * @public
 */
export function uidOf(...parts: string[]): string {
  const hex = createHash('sha256').update(parts.join('/')).digest('hex');
  return hex
    .slice(0, 32)
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-a$4-$5');
}

/** The pods of a workload, with the statuses a kubelet would write. */
export function podsOf(
  workload: WorkloadDescription,
  controller: KubernetesObject,
  labels: Record<string, string> = {},
): KubernetesObject[] {
  return Array.from({ length: workload.replicas }, (_, index) =>
    pod(workload, controller, { index, labels }),
  );
}

function pod(
  workload: WorkloadDescription,
  controller: KubernetesObject,
  options: { index: number; labels: Record<string, string> },
): KubernetesObject {
  const suffix =
    controller.kind === 'StatefulSet'
      ? String(options.index)
      : uidOf(controller.metadata.name, String(options.index)).slice(0, 5);
  const name = `${controller.metadata.name}-${suffix}`;
  const startedAt = formatApiTime(new Date(workload.now.getTime() - 3_600_000));
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: workload.namespace,
      uid: uidOf(workload.nodeName, workload.namespace, 'Pod', name),
      labels: { ...labelsOf(workload), ...options.labels },
      ownerReferences: [controllerReference(controller)],
    },
    spec: { ...podSpec(workload), nodeName: workload.nodeName },
    status: podStatus(workload, startedAt),
  };
}

function podStatus(
  workload: WorkloadDescription,
  startedAt: string,
): Record<string, unknown> {
  const statusesOf = (type: RunningContainer['type']) =>
    workload.containers
      .filter(container => container.type === type)
      .map(container => containerStatus(container, startedAt));
  const waiting = workload.containers.some(({ state }) => state !== 'running');
  const initStatuses = statusesOf('init');
  return {
    phase: waiting ? 'Pending' : 'Running',
    startTime: startedAt,
    qosClass: 'BestEffort',
    conditions: [{ type: 'Ready', status: waiting ? 'False' : 'True' }],
    containerStatuses: statusesOf('app'),
    ...(initStatuses.length > 0 ? { initContainerStatuses: initStatuses } : {}),
  };
}

function containerStatus(
  container: RunningContainer,
  startedAt: string,
): Record<string, unknown> {
  const { name, imageRef } = container;
  const common = { name, image: imageRef, lastState: {}, restartCount: 0 };
  if (container.state === 'imagePullBackOff') {
    const message = `Back-off pulling image "${imageRef}"`;
    return {
      ...common,
      state: { waiting: { reason: 'ImagePullBackOff', message } },
      ready: false,
      imageID: '',
      started: false,
    };
  }
  const containerID = `containerd://${digestOf(
    `${name} ${container.imageId}`,
  ).slice(7)}`;
  const ended = {
    terminated: {
      exitCode: 0,
      reason: 'Completed',
      startedAt,
      finishedAt: startedAt,
      containerID,
    },
  };
  return {
    ...common,
    state: container.type === 'init' ? ended : { running: { startedAt } },
    ready: true,
    imageID: container.imageId,
    containerID,
    started: container.type === 'app',
  };
}

/** The pod template of a workload. */
export function podSpec(
  workload: WorkloadDescription,
): Record<string, unknown> {
  const specsOf = (type: RunningContainer['type']) =>
    workload.containers
      .filter(container => container.type === type)
      .map(({ name, imageRef }) => ({
        name,
        image: imageRef,
        imagePullPolicy: 'IfNotPresent',
        resources: {},
      }));
  const initContainers = specsOf('init');
  return {
    ...(initContainers.length > 0 ? { initContainers } : {}),
    containers: specsOf('app'),
    restartPolicy: workload.kind === 'CronJob' ? 'Never' : 'Always',
  };
}

/** Labels of everything a workload owns. */
export function labelsOf(
  workload: WorkloadDescription,
): Record<string, string> {
  return {
    app: workload.name,
    'app.kubernetes.io/name': workload.name,
    ...(workload.service
      ? { 'backstage.io/kubernetes-id': workload.service }
      : {}),
  };
}

/** The reference to its owner that a controller writes. */
export function controllerReference(controller: KubernetesObject) {
  return {
    apiVersion: controller.apiVersion,
    kind: controller.kind,
    name: controller.metadata.name,
    uid: controller.metadata.uid ?? '',
    controller: true,
    blockOwnerDeletion: true,
  };
}
