const KUBERNETES_ID = 'backstage.io/kubernetes-id';
const LABEL_SELECTOR = 'backstage.io/kubernetes-label-selector';

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
  const id = labels[KUBERNETES_ID];
  const label = APPLICATION_LABELS.find(name => labels[name]);
  if (id) {
    return `${KUBERNETES_ID}: ${yamlText(id)}`;
  }
  return label
    ? `${LABEL_SELECTOR}: ${yamlText(`${label}=${labels[label]}`)}`
    : `${KUBERNETES_ID}: ${yamlText(workloadName)}`;
}

// L32: labels are text from a cluster. A JSON string is a YAML string, whatever is in it.
function yamlText(text: string): string {
  return JSON.stringify(text);
}
