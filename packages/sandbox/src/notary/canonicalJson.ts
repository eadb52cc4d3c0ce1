/**
 * Canonical JSON as Notary signs it (http://wiki.laptop.org/go/Canonical_JSON). Written here a second time on purpose:
 * what verifies uses a library, and the two must agree.
 * @public
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') {
    return `"${value.replace(/[\\"]/g, '\\$&')}"`;
  }
  if (Array.isArray(value)) {
    return `[${value.map(canonicalJson).join()}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, each]) => `${canonicalJson(key)}:${canonicalJson(each)}`);
    return `{${members.join()}}`;
  }
  return String(value);
}
