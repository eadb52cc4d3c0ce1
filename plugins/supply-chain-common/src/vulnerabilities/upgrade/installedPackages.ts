import { InstalledPackage, packageIdentityOf } from '../merge/packageIdentity';

/**
 * Findings by what one update changes: a package as it is installed at one place. What a scanner says of a package
 * without its URL belongs to the one package there that has one and is called like it.
 */
export function installedPackages<T extends InstalledPackage>(
  findings: readonly T[],
): T[][] {
  const identified = findings.map(finding => {
    const { bucket, name, path, purl } = packageIdentityOf(finding);
    return { finding, purl, name, place: JSON.stringify([bucket, path]) };
  });
  const purls = new Map<string, Set<string>>();
  for (const { place, purl } of identified) {
    if (purl) {
      purls.set(place, (purls.get(place) ?? new Set()).add(purl));
    }
  }
  const packages = new Map<string, T[]>();
  for (const { finding, place, purl, name } of identified) {
    const known = [...(purls.get(place) ?? [])];
    const [only] = known.length === 1 ? known : [];
    const key = JSON.stringify([place, purl ?? only ?? name]);
    const others = packages.get(key);
    if (others) {
      others.push(finding);
    } else {
      packages.set(key, [finding]);
    }
  }
  return [...packages.values()];
}
