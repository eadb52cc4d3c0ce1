import { randomUUID } from 'node:crypto';
import { KubernetesObject, resourceOf } from './resources';

/**
 * One change of one object.
 * @public
 */
export interface StoredEvent {
  revision: number;
  plural: string;
  before?: KubernetesObject;
  after?: KubernetesObject;
}

/**
 * Names an object to delete or to look up.
 * @public
 */
export interface ObjectReference {
  apiVersion: string;
  kind: string;
  name: string;
  namespace?: string;
}

/**
 * A small etcd: objects by key, one revision counter, and the history that
 * watches replay until it is compacted.
 * @public
 */
export class ObjectStore {
  readonly #objects = new Map<string, KubernetesObject>();
  #history: StoredEvent[] = [];
  readonly #listeners = new Set<(event: StoredEvent) => void>();
  readonly #now: () => Date;
  // A real cluster is never at its first revision when somebody lists it.
  #revision = 100;
  #compacted = 0;

  constructor(options: { now: () => Date }) {
    this.#now = options.now;
  }

  get revision(): number {
    return this.#revision;
  }

  /** Revisions up to this one can neither be listed nor watched any more. */
  get compacted(): number {
    return this.#compacted;
  }

  get history(): readonly StoredEvent[] {
    return this.#history;
  }

  apply(object: KubernetesObject): KubernetesObject {
    const { plural, namespaced } = resourceOf(object);
    if (namespaced && !object.metadata.namespace) {
      throw new TypeError(
        `expected a namespace on ${object.kind} '${object.metadata.name}', got none`,
      );
    }
    const key = keyOf(plural, object.metadata);
    const before = this.#objects.get(key);
    this.#revision += 1;
    const after: KubernetesObject = {
      ...structuredClone(object),
      metadata: {
        ...structuredClone(object.metadata),
        uid: before?.metadata.uid ?? object.metadata.uid ?? randomUUID(),
        creationTimestamp:
          before?.metadata.creationTimestamp ??
          object.metadata.creationTimestamp ??
          formatApiTime(this.#now()),
        generation: (before?.metadata.generation ?? 0) + 1,
        resourceVersion: String(this.#revision),
      },
    };
    this.#objects.set(key, after);
    this.#record({ revision: this.#revision, plural, before, after });
    return after;
  }

  delete(reference: ObjectReference): boolean {
    const { plural } = resourceOf(reference);
    const key = keyOf(plural, reference);
    const before = this.#objects.get(key);
    if (!before) {
      return false;
    }
    this.#revision += 1;
    this.#objects.delete(key);
    this.#record({ revision: this.#revision, plural, before });
    return true;
  }

  get(reference: ObjectReference): KubernetesObject | undefined {
    return this.#objects.get(keyOf(resourceOf(reference).plural, reference));
  }

  /** The objects of a resource as they were at a revision, in key order. */
  list(plural: string, revision = this.#revision): KubernetesObject[] {
    const objects = new Map(this.#objects);
    for (let index = this.#history.length - 1; index >= 0; index -= 1) {
      const event = this.#history[index];
      if (event.revision <= revision) {
        break;
      }
      const key = keyOf(event.plural, (event.before ?? event.after)!.metadata);
      if (event.before) {
        objects.set(key, event.before);
      } else {
        objects.delete(key);
      }
    }
    return [...objects.entries()]
      .filter(([key]) => key.startsWith(`${plural}/`))
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([, object]) => object);
  }

  /** Forgets the history, as etcd does every five minutes. */
  compact(): void {
    this.#revision += 1;
    this.#compacted = this.#revision;
    this.#history = [];
  }

  onEvent(listener: (event: StoredEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #record(event: StoredEvent): void {
    this.#history.push(event);
    this.#listeners.forEach(listener => listener(event));
  }
}

function keyOf(
  plural: string,
  { namespace, name }: { namespace?: string; name: string },
): string {
  return `${plural}/${namespace ?? ''}/${name}`;
}

/**
 * RFC 3339 without fractions, as the API server writes times.
 * @public
 */
export function formatApiTime(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}
