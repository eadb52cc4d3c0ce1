/** `1.2.3`, with the `v` of Go and whatever stands behind `+`, which changes no order. */
const RELEASE = /^v?(\d{1,15}(?:\.\d{1,15}){0,7})(?:\+[0-9A-Za-z.-]{1,64})?$/;

/**
 * Orders two versions that are nothing but numbers; `undefined` for any other. How pre-releases, epochs and revisions
 * stand to one another each ecosystem says differently, and a wrong order would name the wrong fix.
 */
export function compareReleases(
  left: string,
  right: string,
): number | undefined {
  const numbers = [left, right].map(releaseNumbers);
  const [first, second] = numbers;
  if (!first || !second) {
    return undefined;
  }
  for (let at = 0; at < Math.max(first.length, second.length); at++) {
    const difference = (first[at] ?? 0) - (second[at] ?? 0);
    if (difference !== 0) {
      return Math.sign(difference);
    }
  }
  return 0;
}

/** The numbers of such a version. */
export function releaseNumbers(version: string): number[] | undefined {
  return RELEASE.exec(version)?.[1].split('.').map(Number);
}
