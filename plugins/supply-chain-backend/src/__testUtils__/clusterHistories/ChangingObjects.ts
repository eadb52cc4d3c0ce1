import { KubernetesApiServer } from 'sandbox';
import { ObjectKind } from './objects';
import { ObjectStep } from './steps';
import { nameOf, objectOf } from './subjects';

/** Numbers of objects a history changes; one more is kept for what changes during an outage. */
export const OBJECTS = 6;

/** The objects of the kinds a feed reads, each write of them distinct. */
export class ChangingObjects {
  readonly #server: KubernetesApiServer;
  readonly #kinds: readonly ObjectKind[];
  #marker = 0;

  constructor(server: KubernetesApiServer, kinds: readonly ObjectKind[]) {
    this.#server = server;
    this.#kinds = kinds;
  }

  change(step: ObjectStep): void {
    const kind = this.#kindOf(step.kind);
    if ((step.do === 'delete' || step.do === 'recreate') && !kind.lasting) {
      const { type, namespace } = kind;
      const name = nameOf(kind, step.name);
      this.#server.delete({ ...type, namespace, name });
    }
    const writes = { delete: 0, apply: 1, recreate: 1, churn: 3 }[step.do];
    for (let times = 0; times < writes; times += 1) {
      this.#apply(kind, step.name);
    }
  }

  /** Writes objects of one kind. */
  fill(kind: number, objects = OBJECTS): void {
    for (let number = 0; number < objects; number += 1) {
      this.#apply(this.#kindOf(kind), number);
    }
  }

  /** Writes some objects of every kind. */
  begin(): void {
    this.#kinds.forEach((_, kind) => this.fill(kind, 2));
  }

  /** Deletes all objects of one kind; false when they are of those that last. */
  clear(kind: number): boolean {
    for (let name = 0; name < OBJECTS; name += 1) {
      this.change({ do: 'delete', kind, name });
    }
    return !this.#kindOf(kind).lasting;
  }

  /** A change of every kind that has to arrive by a watch. */
  stir(): void {
    this.#kinds.forEach((_, kind) => {
      this.change({ do: 'apply', kind, name: 0 });
      this.change({ do: 'delete', kind, name: 1 });
    });
  }

  #kindOf(index: number): ObjectKind {
    return this.#kinds[index % this.#kinds.length];
  }

  #apply(kind: ObjectKind, number: number): void {
    this.#marker += 1;
    this.#server.apply(objectOf(kind, { number, marker: this.#marker }));
  }
}
