import {
  KUBERNETES_ANNOTATION,
  KUBERNETES_LABEL_SELECTOR_QUERY_ANNOTATION,
} from '@backstage/plugin-kubernetes-common';

/** Labels that tell one application from another, the most telling first. */
const APPLICATION_LABELS = [
  'app.kubernetes.io/name',
  'app.kubernetes.io/instance',
  'app',
  'k8s-app',
];

/** Options of {@link linkingAnnotation}. */
export type LinkingAnnotationOptions = {
  workloadName: string;
  /** Labels of a pod of the workload. */
  labels: Record<string, string>;
};

/** The entity annotation, as a line of YAML, that would link a workload. */
export function linkingAnnotation(options: LinkingAnnotationOptions): string {
  const { workloadName, labels } = options;
  const id = labels[KUBERNETES_ANNOTATION];
  const label = APPLICATION_LABELS.find(name => labels[name]);
  if (id) {
    return `${KUBERNETES_ANNOTATION}: ${yamlText(id)}`;
  }
  return label
    ? `${KUBERNETES_LABEL_SELECTOR_QUERY_ANNOTATION}: ${yamlText(
        `${label}=${labels[label]}`,
      )}`
    : `${KUBERNETES_ANNOTATION}: ${yamlText(workloadName)}`;
}

// L32: labels are text from a cluster. A JSON string is a YAML string, whatever is in it.
function yamlText(text: string): string {
  return JSON.stringify(text);
}
