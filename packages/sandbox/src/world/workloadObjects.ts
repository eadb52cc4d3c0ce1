import { KubernetesObject } from '../kubernetes';
import { digestOf } from '../registry';
import {
  controllerReference,
  labelsOf,
  podSpec,
  podsOf,
  uidOf,
  WorkloadDescription,
} from './podObjects';

/**
 * The objects of a workload.
 * @public
 */
export interface WorkloadObjects {
  /** Everything, owners before what they own. */
  objects: KubernetesObject[];
  /** The object Trivy Operator reports on. */
  scanned: KubernetesObject;
}

/**
 * Makes what the controllers of a cluster would make of a workload: owners,
 * pods and their statuses.
 * @public
 */
export function workloadObjects(
  workload: WorkloadDescription,
): WorkloadObjects {
  switch (workload.kind) {
    case 'Deployment': {
      const deployment = owner(workload, 'apps/v1', 'Deployment');
      const hash = templateHash(workload);
      const replicaSet = owner(workload, 'apps/v1', 'ReplicaSet', {
        name: `${workload.name}-${hash}`,
        controller: deployment,
        labels: { 'pod-template-hash': hash },
        annotations: { 'deployment.kubernetes.io/revision': '1' },
      });
      const pods = podsOf(workload, replicaSet, { 'pod-template-hash': hash });
      return {
        objects: [deployment, replicaSet, ...pods],
        scanned: replicaSet,
      };
    }
    case 'StatefulSet': {
      const set = owner(workload, 'apps/v1', 'StatefulSet');
      return { objects: [set, ...podsOf(workload, set)], scanned: set };
    }
    case 'CronJob': {
      const cronJob = owner(workload, 'batch/v1', 'CronJob');
      const job = owner(workload, 'batch/v1', 'Job', {
        name: `${workload.name}-${minuteOf(workload.now)}`,
        controller: cronJob,
      });
      return {
        objects: [cronJob, job, ...podsOf(workload, job)],
        scanned: cronJob,
      };
    }
    default:
      throw new TypeError(`unknown kind of workload '${workload.kind}'`);
  }
}

function owner(
  workload: WorkloadDescription,
  apiVersion: string,
  kind: string,
  more: {
    name?: string;
    controller?: KubernetesObject;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  } = {},
): KubernetesObject {
  const name = more.name ?? workload.name;
  const labels = { ...labelsOf(workload), ...more.labels };
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      namespace: workload.namespace,
      uid: uidOf(workload.nodeName, workload.namespace, kind, name),
      labels,
      ...(more.annotations ? { annotations: more.annotations } : {}),
      ...(more.controller
        ? { ownerReferences: [controllerReference(more.controller)] }
        : {}),
    },
    spec: specOf(workload, kind, labels),
    status: statusOf(workload, kind),
  };
}

function specOf(
  workload: WorkloadDescription,
  kind: string,
  labels: Record<string, string>,
): Record<string, unknown> {
  const template = { metadata: { labels }, spec: podSpec(workload) };
  if (kind === 'CronJob') {
    return {
      schedule: '0 2 * * *',
      jobTemplate: { spec: { template } },
    };
  }
  return kind === 'Job'
    ? { parallelism: 1, completions: 1, template }
    : {
        replicas: workload.replicas,
        selector: { matchLabels: { app: workload.name } },
        template,
      };
}

function statusOf(
  workload: WorkloadDescription,
  kind: string,
): Record<string, unknown> {
  if (kind === 'CronJob' || kind === 'Job') {
    return kind === 'Job' ? { active: 1 } : {};
  }
  const ready = workload.containers.every(({ state }) => state === 'running')
    ? workload.replicas
    : 0;
  return {
    replicas: workload.replicas,
    readyReplicas: ready,
    availableReplicas: ready,
    updatedReplicas: workload.replicas,
    observedGeneration: 1,
  };
}

function templateHash(workload: WorkloadDescription): string {
  return digestOf(
    workload.containers.map(({ imageRef }) => imageRef).join(' '),
  ).slice(7, 17);
}

/** Minutes since the epoch: how the CronJob controller names its jobs. */
function minuteOf(now: Date): number {
  return Math.floor(now.getTime() / 60_000);
}
