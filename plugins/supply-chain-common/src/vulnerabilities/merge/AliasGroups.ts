import { VulnerabilityFinding } from '../../model/vulnerability';
import { compareText } from '../compareText';

type Named = Pick<VulnerabilityFinding, 'id' | 'aliases'>;

/** https://www.cve.org/ResourcesSupport/Glossary#glossaryCVEID */
export const CVE = /^CVE-\d{4}-\d{4,}$/;

/**
 * Which ids name the same vulnerability, as the scans at hand say. Whatever order they come in, the groups are the same,
 * and a scan that is gone takes what it said with it.
 *
 * No group holds two CVEs: an id that is said to be several of them is an advisory about them and joins none.
 */
export class AliasGroups {
  readonly #parents = new Map<string, string>();
  /** The one CVE of a group, by its root. */
  readonly #cves = new Map<string, string>();

  /** Groups the ids of findings. */
  static of(findings: Iterable<Named>): AliasGroups {
    const groups = new AliasGroups();
    const pairs = pairsOf(findings);
    const umbrellas = umbrellasOf(pairs);
    for (const [left, right] of pairs) {
      if (!umbrellas.has(left) && !umbrellas.has(right)) {
        groups.#join(left, right);
      }
    }
    return groups;
  }

  private constructor() {}

  /** The id that stands for the whole group: its CVE, else the first of its ids. */
  primaryOf(id: string): string {
    const root = this.#rootOf(id);
    return this.#cves.get(root) ?? root;
  }

  #join(left: string, right: string): void {
    const [first, second] = [this.#rootOf(left), this.#rootOf(right)].sort(
      compareText,
    );
    const cves = [first, second].flatMap(root => this.#cveOf(root) ?? []);
    if (first === second || cves.length > 1) {
      return;
    }
    this.#parents.set(second, first);
    if (cves.length === 1) {
      this.#cves.set(first, cves[0]);
    }
  }

  #cveOf(root: string): string | undefined {
    return this.#cves.get(root) ?? (CVE.test(root) ? root : undefined);
  }

  #rootOf(id: string): string {
    let root = id;
    for (
      let parent = this.#parents.get(root);
      parent !== undefined;
      parent = this.#parents.get(root)
    ) {
      root = parent;
    }
    return root;
  }
}

/** Each pair once, in one order. */
function pairsOf(findings: Iterable<Named>): [string, string][] {
  const pairs = new Map<string, [string, string]>();
  for (const { id, aliases = [] } of findings) {
    for (const alias of aliases) {
      const pair = [id, alias].sort(compareText) as [string, string];
      if (id !== alias) {
        pairs.set(JSON.stringify(pair), pair);
      }
    }
  }
  return [...pairs.values()].sort(
    (left, right) =>
      compareText(left[0], right[0]) || compareText(left[1], right[1]),
  );
}

/** Ids that are no CVE and are said to be several. */
function umbrellasOf(pairs: [string, string][]): Set<string> {
  const cves = new Map<string, Set<string>>();
  for (const [left, right] of pairs) {
    for (const [id, other] of [
      [left, right],
      [right, left],
    ]) {
      if (!CVE.test(id) && CVE.test(other)) {
        cves.set(id, (cves.get(id) ?? new Set()).add(other));
      }
    }
  }
  return new Set([...cves].flatMap(([id, { size }]) => (size > 1 ? [id] : [])));
}
