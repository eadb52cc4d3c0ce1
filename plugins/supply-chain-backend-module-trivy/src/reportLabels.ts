import {
  controllerOf,
  KubernetesObject,
  textMap,
  WorkloadRef,
} from 'backstage-plugin-supply-chain-common';

// https://github.com/aquasecurity/trivy-operator/blob/v0.32.0/pkg/trivyoperator/constants.go
const LABEL_KIND = 'trivy-operator.resource.kind';
const LABEL_NAME = 'trivy-operator.resource.name';
const LABEL_CONTAINER = 'trivy-operator.container.name';
// A name too long for a label stands in an annotation of the same key; the label then carries its hash.
const ANNOTATION_NAME = LABEL_NAME;

/**
 * The object a report of Trivy Operator is about: ReplicaSet, StatefulSet, Role … never a Deployment.
 *
 * @internal
 */
export function controllerNamed(
  object: KubernetesObject,
): WorkloadRef | undefined {
  const labels = textMap(object.metadata.labels);
  const annotations = textMap(object.metadata.annotations);
  const owner = controllerOf(object);
  const kind = labels[LABEL_KIND] ?? owner?.kind;
  const name =
    labels[LABEL_NAME] ??
    annotations[ANNOTATION_NAME] ??
    (owner?.kind === kind ? owner?.name : undefined);
  return kind && name ? { kind, name } : undefined;
}

/**
 * The container a report is about, where it is about one.
 *
 * @internal
 */
export function containerNamed(object: KubernetesObject): string | undefined {
  return textMap(object.metadata.labels)[LABEL_CONTAINER] || undefined;
}
