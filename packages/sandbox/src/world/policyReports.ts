import { formatApiTime, KubernetesObject } from '../kubernetes';
import { uidOf } from './podObjects';
import { EnforcerPlan } from './serviceTypes';

const HOUR_MS = 60 * 60 * 1000;
const API_VERSION = 'wgpolicyk8s.io/v1alpha2';

type Result = Record<string, unknown> & { result: string };

/**
 * The reports other enforcers of a cluster write on a workload.
 * @public
 */
export function policyReports(options: {
  plan: EnforcerPlan | undefined;
  /** The objects of the workload, pods included. */
  objects: readonly KubernetesObject[];
  now: Date;
}): KubernetesObject[] {
  const { plan, objects, now } = options;
  const at = new Date(now.getTime() - HOUR_MS);
  switch (plan) {
    case 'kyvernoMovingTag':
      // Kyverno leaves ReplicaSets to the Deployment that owns them.
      return objects
        .filter(({ kind }) => kind === 'Deployment' || kind === 'Pod')
        .map(object => kyvernoReport(object, at));
    case 'trivyAdapter':
      return objects
        .filter(({ kind }) => kind === 'ReplicaSet')
        .map(object => trivyAdapterReport(object, at));
    case undefined:
      return [];
    default:
      throw new TypeError(`unknown reports of enforcers '${plan}'`);
  }
}

/** One report for each object, named by its uid; rules for pods become rules for what makes pods. */
function kyvernoReport(object: KubernetesObject, at: Date): KubernetesObject {
  const ofPod = object.kind === 'Pod';
  const ruleOf = (rule: string) => (ofPod ? rule : `autogen-${rule}`);
  const path = ofPod ? '/spec' : '/spec/template/spec';
  const common = {
    category: 'Best Practices',
    policy: 'disallow-latest-tag',
    properties: { process: 'background scan' },
    scored: true,
    severity: 'medium',
    source: 'kyverno',
    timestamp: timestampOf(at),
  };
  return report(object, at, {
    name: object.metadata.uid ?? '',
    writer: 'kyverno',
    results: [
      {
        ...common,
        message: `validation error: Using a mutable image tag e.g. 'latest' is not allowed. rule ${ruleOf(
          'validate-image-tag',
        )} failed at path ${path}/containers/0/image/`,
        result: 'fail',
        rule: ruleOf('validate-image-tag'),
      },
      {
        ...common,
        message: `validation rule '${ruleOf('require-image-tag')}' passed.`,
        result: 'pass',
        rule: ruleOf('require-image-tag'),
      },
    ],
  });
}

/** The scan of the workload once more, as an adapter of Trivy Operator tells it: a policy for each vulnerability. */
function trivyAdapterReport(
  object: KubernetesObject,
  at: Date,
): KubernetesObject {
  const { kind, metadata } = object;
  const vulnerabilities = [
    ['CVE-2021-36159', 'apk-tools', 'critical', 'fail'],
    ['CVE-2023-42366', 'busybox', 'medium', 'warn'],
    ['CVE-2016-2781', 'coreutils', 'low', 'warn'],
  ];
  return report(object, at, {
    name: `trivy-vuln-polr-${kind.toLowerCase()}-${metadata.name}`,
    writer: 'trivy-operator-polr-adapter',
    results: vulnerabilities.map(([policy, resource, severity, result]) => ({
      category: 'Vulnerability Scan',
      message: `${resource}: sandbox`,
      policy,
      properties: { resource, resultID: uidOf(metadata.name, policy) },
      result,
      rule: resource,
      severity,
      source: 'Trivy Vulnerability',
      timestamp: timestampOf(at),
    })),
  });
}

function report(
  object: KubernetesObject,
  at: Date,
  content: { name: string; writer: string; results: Result[] },
): KubernetesObject {
  const { apiVersion, kind, metadata } = object;
  const { name, namespace, uid = '' } = metadata;
  const { results, writer } = content;
  const count = (result: string) =>
    results.filter(each => each.result === result).length;
  return {
    apiVersion: API_VERSION,
    kind: 'PolicyReport',
    metadata: {
      name: content.name,
      namespace,
      uid: uidOf(uid, 'PolicyReport', content.name),
      creationTimestamp: formatApiTime(at),
      labels: { 'app.kubernetes.io/managed-by': writer },
      ownerReferences: [{ apiVersion, kind, name, uid }],
    },
    scope: { apiVersion, kind, name, namespace, uid },
    results,
    summary: {
      pass: count('pass'),
      fail: count('fail'),
      warn: count('warn'),
      error: count('error'),
      skip: count('skip'),
    },
  };
}

function timestampOf(at: Date): { seconds: number; nanos: number } {
  return { seconds: Math.floor(at.getTime() / 1000), nanos: 0 };
}
