import { compareReleases } from './compareReleases';

/** As scanners separate several: one for each branch that is still kept up. */
const SEPARATOR = /\s*(?:,|\|\|)\s*/;

/** The versions with a fix, each once, as a scanner writes them. */
export function fixVersionsOf(fixedVersion: string): string[] {
  return [
    ...new Set(fixedVersion.split(SEPARATOR).filter(each => each !== '')),
  ];
}

/**
 * The version to update to. Of several it is the lowest above the installed one, if their order can be told.
 *
 * @param fixedVersion - As the scanner writes it, possibly several.
 * @returns `undefined` where it cannot be told which, or where the only one is not above what is installed.
 */
export function fixVersionFor(
  installedVersion: string,
  fixedVersion: string,
): string | undefined {
  const versions = fixVersionsOf(fixedVersion);
  if (versions.length === 1) {
    // One that is lower would undo updates; where the order cannot be told, the scanner's word stands.
    const [only] = versions;
    return (compareReleases(only, installedVersion) ?? 1) > 0
      ? only
      : undefined;
  }
  const compared = versions.map(version => ({
    version,
    order: compareReleases(version, installedVersion),
  }));
  if (compared.some(({ order }) => order === undefined)) {
    return undefined;
  }
  const [lowest] = compared
    .filter(({ order }) => order! > 0)
    .map(({ version }) => version)
    .sort((left, right) => compareReleases(left, right)!);
  return lowest;
}
