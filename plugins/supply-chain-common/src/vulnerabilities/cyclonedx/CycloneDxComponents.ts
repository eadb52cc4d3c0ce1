import { Json, recordsOf } from '../scanReport';

/** The components of a document by what vulnerabilities refer to them by. */
export class CycloneDxComponents {
  readonly #byReference = new Map<unknown, Json>();
  readonly #list: Json[];

  /**
   * @param subject - What the document is about; vulnerabilities may be of it as a whole.
   * @param components - As deep as they are nested; how deep that is the document's limit says.
   */
  static of(subject: Json, components: unknown): CycloneDxComponents {
    const list: Json[] = [];
    const waiting = [
      ...recordsOf(components),
      ...recordsOf(subject.components),
    ];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      list.push(next);
      recordsOf(next.components).forEach(each => waiting.push(each));
    }
    return new CycloneDxComponents(subject, list.reverse());
  }

  private constructor(readonly subject: Json, list: Json[]) {
    this.#list = list;
    for (const component of [subject, ...list]) {
      const reference = component['bom-ref'];
      if (!this.#byReference.has(reference)) {
        this.#byReference.set(reference, component);
      }
    }
  }

  get size(): number {
    return this.#list.length;
  }

  /** All of them, nested ones too. */
  all(): readonly Json[] {
    return this.#list;
  }

  find(reference: unknown): Json | undefined {
    return reference === undefined
      ? undefined
      : this.#byReference.get(reference);
  }

  /** The operating system, where a scanner names it as a component. */
  operatingSystem(): Json | undefined {
    return this.#list.find(each => each.type === 'operating-system');
  }
}

/** Properties that are looked at of one component, which many vulnerabilities may affect. */
const MAX_PROPERTIES = 1_000;

/** The properties of a component. */
export function componentProperties({ properties }: Json): Json[] {
  return Array.isArray(properties)
    ? recordsOf(properties.slice(0, MAX_PROPERTIES))
    : [];
}

/** The values of one of the properties of a component. */
export function propertiesOf(component: Json, name: string): unknown[] {
  return componentProperties(component)
    .filter(each => each.name === name)
    .map(each => each.value);
}
