/** So many are remembered; beyond, they are written once more, which changes nothing. */
const MAX_KNOWN = 200_000;

/** Texts of which this process knows that they are stored and marked as used on a day. */
export class KnownTexts {
  #day = '';
  #hashes = new Set<string>();

  has(hash: string, day: string): boolean {
    return this.#day === day && this.#hashes.has(hash);
  }

  /** Only after the transaction that wrote them has ended well. */
  add(hashes: Iterable<string>, day: string): void {
    if (this.#day !== day || this.#hashes.size > MAX_KNOWN) {
      this.#day = day;
      this.#hashes = new Set();
    }
    for (const hash of hashes) {
      this.#hashes.add(hash);
    }
  }
}
