import { isRecord } from 'backstage-plugin-supply-chain-common';
import { UncheckedObject } from './AdmissionRequest';

/** Where the pod template of each kind of workload lies in its object. */
const TEMPLATE_PATHS: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  PodTemplate: ['template'],
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

/** Kinds that bring pods, for messages. */
export const WORKLOAD_KINDS: readonly string[] = Object.keys(TEMPLATE_PATHS);

/** The pod in an object: where its spec lies, and the labels its pods will have. */
export type PodTemplate = {
  /** Keys that lead to `spec`. */
  path: readonly string[];
  spec: UncheckedObject;
  labels: unknown;
};

/** Whether objects of a kind bring pods. */
export function isWorkloadKind(kind: string): boolean {
  return Object.hasOwn(TEMPLATE_PATHS, kind);
}

/**
 * The pod in an object of a kind that brings pods; `undefined` when the object holds none, as a ReplicationController
 * without template.
 */
export function podTemplateOf(
  kind: string,
  object: UncheckedObject,
): PodTemplate | undefined {
  const path = TEMPLATE_PATHS[kind];
  const template = path.reduce<unknown>(
    (value, key) => (isRecord(value) ? value[key] : undefined),
    object,
  );
  if (!isRecord(template) || !isRecord(template.spec)) {
    return undefined;
  }
  const { spec, metadata } = template;
  return {
    path: [...path, 'spec'],
    spec,
    labels: isRecord(metadata) ? metadata.labels : undefined,
  };
}
