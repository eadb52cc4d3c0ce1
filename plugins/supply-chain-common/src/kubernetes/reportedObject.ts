import { isRecord, KubernetesObject } from './KubernetesObject';

/**
 * An object a report speaks of, which pods may belong to.
 *
 * @public
 */
export type ReportedObject = {
  namespace: string;
  kind: string;
  name: string;
  uid?: string;
};

/** What runs pods of its own among the built-in kinds: the others run nothing. */
const BUILT_IN_KINDS: Record<string, readonly string[]> = {
  '': ['Pod', 'ReplicationController'],
  apps: ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'],
  batch: ['Job', 'CronJob'],
};
const BUILT_IN_GROUPS = ['autoscaling', 'extensions', 'policy'];

// Nothing in a report checks these, so what no object can be called is no object.
// https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
const NAME = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;
const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const KIND = /^[A-Z][A-Za-z0-9]{0,62}$/;
const UID = /^[A-Za-z0-9-]{1,128}$/;

/**
 * The object a reference names, when it may run pods. A report in a namespace speaks for that namespace and for no
 * other: whoever may write reports in one may not speak for the rest of the cluster.
 *
 * @public
 */
export function reportedObject(
  reference: unknown,
  report: KubernetesObject,
): ReportedObject | undefined {
  if (!isRecord(reference)) {
    return undefined;
  }
  const { apiVersion, kind, name, uid } = reference;
  const own = report.metadata.namespace;
  const namespace = reference.namespace || own;
  const named =
    matches(NAMESPACE, namespace) && matches(KIND, kind) && matches(NAME, name);
  if (
    !named ||
    (own !== undefined && namespace !== own) ||
    !runsPods(apiVersion, kind)
  ) {
    return undefined;
  }
  return { namespace, kind, name, ...(matches(UID, uid) && { uid }) };
}

/**
 * What a report as a whole is about: its scope, or the object that owns it.
 *
 * @public
 */
export function objectOfReport(
  report: KubernetesObject,
): ReportedObject | undefined {
  const { scope, scopeSelector, metadata } = report;
  if (isRecord(scope)) {
    return reportedObject(scope, report);
  }
  const { ownerReferences } = metadata;
  return isRecord(scopeSelector) || !Array.isArray(ownerReferences)
    ? undefined
    : reportedObject(ownerReferences[0], report);
}

function matches(form: RegExp, value: unknown): value is string {
  return typeof value === 'string' && form.test(value);
}

function runsPods(apiVersion: unknown, kind: string): boolean {
  if (typeof apiVersion !== 'string' || apiVersion === '') {
    return Object.values(BUILT_IN_KINDS).some(kinds => kinds.includes(kind));
  }
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  if (Object.hasOwn(BUILT_IN_KINDS, group)) {
    return BUILT_IN_KINDS[group].includes(kind);
  }
  // Any other kind may be a controller of somebody's own, such as a Rollout.
  return !BUILT_IN_GROUPS.includes(group) && !group.endsWith('.k8s.io');
}
