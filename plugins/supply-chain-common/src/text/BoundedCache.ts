/**
 * Keeps what is costly to make of a text, for the texts used last. What is made must depend on the text alone, so that
 * nothing but time tells whether it was kept.
 */
export class BoundedCache<T> {
  readonly #entries = new Map<string, T>();
  readonly #size: number;

  constructor(size: number) {
    this.#size = size;
  }

  /** What was made of the text, made now where it is not known. What cannot be made is tried again each time. */
  get(text: string, make: () => T): T {
    const known = this.#entries.get(text);
    if (known !== undefined) {
      return known;
    }
    const made = make();
    if (this.#entries.size >= this.#size) {
      // A map keeps the order of insertion, so the first key is the oldest.
      this.#entries.delete(this.#entries.keys().next().value!);
    }
    this.#entries.set(text, made);
    return made;
  }
}
