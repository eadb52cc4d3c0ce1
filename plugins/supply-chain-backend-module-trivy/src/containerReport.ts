import {
  EvidenceDetails,
  instant,
  isObjectName,
  KubernetesObject,
  Subject,
} from 'backstage-plugin-supply-chain-common';
import { ObservedReport } from 'backstage-plugin-supply-chain-node';
import { ReportProblem } from './reportContent';
import { containerNamed, controllerNamed } from './reportLabels';

type ReportKind = 'vulnerabilities' | 'sbom';

/** What differs between the reports. */
type ContainerReportOptions<K extends ReportKind> = {
  /** Id of the feed. */
  collector: string;
  kind: K;
  cluster: string;
  /** What an object of the resource says of itself. */
  expected: { apiVersion: string; kind: string };
  /** RFC 3339; used for reports that carry no time of their own. */
  seenAt: string;
  /** What the report says. Throws a {@link ReportProblem} when it cannot be used. */
  read: () => EvidenceDetails[K];
  /** RFC 3339: when that was found out. */
  observedAt: (detail: EvidenceDetails[K]) => string;
};

/**
 * A report on the image of one container. Never throws: one that cannot be used is evidence that says why.
 *
 * @internal
 */
export function containerReport<K extends ReportKind>(
  object: KubernetesObject,
  options: ContainerReportOptions<K>,
): ObservedReport<K> {
  const { cluster, expected } = options;
  const { namespace = '', name } = object.metadata;
  const controller = controllerNamed(object);
  const container = containerNamed(object);
  const place = {
    // Never from a label: a report speaks for the namespace it lies in and for no other.
    namespace,
    controller: controller ?? { kind: expected.kind, name },
    container: container ?? '',
  };
  const { controller: about } = place;
  return placedReport(object, {
    ...options,
    place,
    about: { type: 'workload', cluster, namespace, ...about },
    read: () => {
      if (!controller || !container || !namespace) {
        throw new ReportProblem('does not say which container it is about');
      }
      if (![controller.kind, controller.name, container].every(isObjectName)) {
        throw new ReportProblem('names a container that none can be called');
      }
      return options.read();
    },
  });
}

/**
 * A report on what lies in no namespace: it names no container, and what it says of no digest is of the cluster. Never
 * throws.
 *
 * @internal
 */
export function clusterScopedReport<K extends ReportKind>(
  object: KubernetesObject,
  options: ContainerReportOptions<K>,
): ObservedReport<K> {
  const { cluster, expected } = options;
  const { name } = object.metadata;
  return placedReport(object, {
    ...options,
    place: {
      namespace: '',
      controller: { kind: expected.kind, name },
      container: '',
    },
    about: { type: 'cluster', cluster },
  });
}

function placedReport<K extends ReportKind>(
  object: KubernetesObject,
  options: ContainerReportOptions<K> & {
    place: Pick<ObservedReport, 'namespace' | 'controller' | 'container'>;
    /** What it is about as long as it names no digest. */
    about: Subject;
  },
): ObservedReport<K> {
  const { collector, kind, about, read } = options;
  const { uid, resourceVersion } = object.metadata;
  const place = { uid, resourceVersion, ...options.place };
  try {
    const detail = read();
    const { digest } = detail.artifact;
    // What was found belongs to the content; only a report without digest belongs to what it is about (L2).
    const subject = digest ? ({ type: 'content', digest } as const) : about;
    const observedAt = options.observedAt(detail);
    const evidence = { collector, kind, subject, observedAt, detail } as const;
    return { ...place, evidence: { ...evidence, status: 'present' } };
  } catch (error) {
    if (!(error instanceof ReportProblem)) {
      throw error;
    }
    const created = instant(object.metadata.creationTimestamp);
    return {
      ...place,
      evidence: {
        collector,
        kind,
        subject: about,
        status: 'invalid',
        reason: error.reason,
        message: error.message,
        observedAt: created ?? options.seenAt,
      },
    };
  }
}
