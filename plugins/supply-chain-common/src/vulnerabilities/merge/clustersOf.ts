import { isSamePath, PackageIdentity, placesOf } from './packageIdentity';

/** Something a scan lists, and where. */
export type ScannedPlace<S> = { scan: S; identity: PackageIdentity };

type Cluster<E> = PackageIdentity & { entries: E[] };

/**
 * Brings together what is one package at one place, the most exact first, so that what is less exact finds what it may
 * belong to. What one scan lists at two places stays two.
 */
export function clustersOf<S, E extends ScannedPlace<S>>(
  list: readonly E[],
): E[][] {
  const clusters: Cluster<E>[] = [];
  const exact = new Map<string, Cluster<E>>();
  const scans = new Set<S>();
  for (const entry of [...list].sort(mostExactFirst)) {
    const { identity, scan } = entry;
    const key = keyOf(identity);
    const same = exact.get(key);
    // One report may list one vulnerability in thousands of files: it is compared with other scans only.
    const isAlone = scans.size === 0 || (scans.size === 1 && scans.has(scan));
    const homes = same || isAlone ? [] : homesOf(entry, clusters);
    if (same) {
      same.entries.push(entry);
    } else if (homes.length > 0) {
      homes.forEach(home => home.entries.push(entry));
    } else {
      const cluster = { ...identity, entries: [entry] };
      clusters.push(cluster);
      exact.set(key, cluster);
    }
    scans.add(scan);
  }
  return clusters.map(({ entries }) => entries);
}

/** A package URL says more than a path, and a file more than the directory it is in. */
function mostExactFirst<S>(
  { identity: left }: ScannedPlace<S>,
  { identity: right }: ScannedPlace<S>,
): number {
  return (
    Number(left.purl === undefined) - Number(right.purl === undefined) ||
    (right.path?.length ?? 0) - (left.path?.length ?? 0)
  );
}

function homesOf<S, E extends ScannedPlace<S>>(
  { identity, scan }: E,
  clusters: readonly Cluster<E>[],
): Cluster<E>[] {
  const key = keyOf(identity);
  const others = clusters.filter(
    ({ path, entries }) =>
      isSamePath(path, identity.path) &&
      entries.every(each => each.scan !== scan || keyOf(each.identity) === key),
  );
  return placesOf(identity, others);
}

function keyOf({ name, purl, path }: PackageIdentity): string {
  return JSON.stringify([name, purl, path]);
}
