import { compareText } from '../vulnerabilities/compareText';
import {
  LabelRequirement,
  matchesLabels,
  parseLabelSelector,
} from './labelSelector';

/** Annotation and label that name the pods of an entity. */
const KUBERNETES_ID = 'backstage.io/kubernetes-id';
const KUBERNETES_LABEL_SELECTOR = 'backstage.io/kubernetes-label-selector';
const KUBERNETES_NAMESPACE = 'backstage.io/kubernetes-namespace';
const KUBERNETES_CLUSTER = 'backstage.io/kubernetes-cluster';

/**
 * An entity as far as its links to pods go.
 *
 * @public
 */
export type LinkableEntity = {
  ref: string;
  annotations: Record<string, string>;
};

/**
 * A pod as far as its links to entities go.
 *
 * @public
 */
export type LinkablePod = {
  cluster: string;
  namespace: string;
  labels: Record<string, string>;
};

/**
 * An annotation that links nothing because it cannot be read.
 *
 * @public
 */
export type LinkProblem = { entityRef: string; message: string };

/**
 * Arguments of {@link EntityLinker.create}.
 *
 * @public
 */
export type EntityLinkerOptions = {
  entities: LinkableEntity[];
  /** Whether the operator lets an entity claim a namespace (L31). Absent: every one. */
  mayClaim?: (options: {
    entityRef: string;
    cluster: string;
    namespace: string;
  }) => boolean;
};

type Selection = {
  entityRef: string;
  requirements: LabelRequirement[];
  namespace?: string;
  cluster?: string;
};

/**
 * Links pods to entities by the annotations of `@backstage/plugin-kubernetes`, as that plugin does: the label selector
 * comes before the id, namespace and cluster narrow. Selectors are indexed by a label they need, so that ten
 * thousand entities cost a pod a look at its own labels.
 *
 * @public
 */
export class EntityLinker {
  /** Annotations that link nothing because they cannot be read. */
  readonly problems: readonly LinkProblem[];
  readonly #byLabel: ReadonlyMap<string, Selection[]>;
  /** Selections no single label value decides. */
  readonly #others: Selection[];
  readonly #mayClaim: NonNullable<EntityLinkerOptions['mayClaim']>;

  private constructor(options: {
    problems: LinkProblem[];
    byLabel: Map<string, Selection[]>;
    others: Selection[];
    mayClaim: EntityLinkerOptions['mayClaim'];
  }) {
    this.problems = options.problems;
    this.#byLabel = options.byLabel;
    this.#others = options.others;
    this.#mayClaim = options.mayClaim ?? (() => true);
  }

  /** Builds the index. */
  static create(options: EntityLinkerOptions): EntityLinker {
    const problems: LinkProblem[] = [];
    const byLabel = new Map<string, Selection[]>();
    const others: Selection[] = [];
    for (const entity of options.entities) {
      const selection = selectionOf(entity);
      if (typeof selection === 'string') {
        problems.push({ entityRef: entity.ref, message: selection });
      } else if (selection) {
        const keys = indexKeys(selection);
        keys.forEach(key => append(byLabel, key, selection));
        if (keys.length === 0) {
          others.push(selection);
        }
      }
    }
    const { mayClaim } = options;
    return new EntityLinker({ problems, byLabel, others, mayClaim });
  }

  /** References of the entities a pod belongs to, sorted. */
  entityRefsOf(pod: LinkablePod): string[] {
    const candidates = Object.entries(pod.labels).flatMap(
      ([key, value]) => this.#byLabel.get(indexKey(key, value)) ?? [],
    );
    const refs = [...candidates, ...this.#others]
      .filter(selection => this.#selects(selection, pod))
      .map(({ entityRef }) => entityRef);
    return [...new Set(refs)].sort(compareText);
  }

  #selects(selection: Selection, pod: LinkablePod): boolean {
    const { entityRef, requirements, namespace, cluster } = selection;
    return (
      (namespace === undefined || namespace === pod.namespace) &&
      (cluster === undefined || cluster === pod.cluster) &&
      matchesLabels(requirements, pod.labels) &&
      this.#mayClaim({
        entityRef,
        cluster: pod.cluster,
        namespace: pod.namespace,
      })
    );
  }
}

/** `undefined` for an entity without annotation, a message for one whose selector cannot be read. */
function selectionOf({
  ref,
  annotations,
}: LinkableEntity): Selection | string | undefined {
  const id = annotations[KUBERNETES_ID];
  const text =
    annotations[KUBERNETES_LABEL_SELECTOR] || (id && `${KUBERNETES_ID}=${id}`);
  if (!text) {
    return undefined;
  }
  const parsed = parseLabelSelector(text);
  if (!parsed.ok) {
    return parsed.message;
  }
  if (parsed.requirements.length === 0) {
    // To Kubernetes it means every pod of every namespace; no entity is that.
    return 'expected a label selector, got an empty one';
  }
  const namespace = annotations[KUBERNETES_NAMESPACE];
  const cluster = annotations[KUBERNETES_CLUSTER];
  return {
    entityRef: ref,
    requirements: parsed.requirements,
    ...(namespace && { namespace }),
    ...(cluster && { cluster }),
  };
}

/** The label values one of which a pod must carry; the rarest-looking requirement is as good as any. */
function indexKeys({ requirements }: Selection): string[] {
  const needed = requirements.find(each => each.operator === 'in');
  return needed?.operator === 'in'
    ? [...new Set(needed.values)].map(value => indexKey(needed.key, value))
    : [];
}

function indexKey(key: string, value: string): string {
  return `${key}=${value}`;
}

function append(
  index: Map<string, Selection[]>,
  key: string,
  selection: Selection,
): void {
  const known = index.get(key);
  if (known) {
    known.push(selection);
  } else {
    index.set(key, [selection]);
  }
}
