import { VulnerabilityFinding } from '../../model/vulnerability';
import { parsePackageUrl } from '../cyclonedx/packageUrl';
import { compareDebianVersions } from './compareDebianVersions';
import { compareReleases, releaseNumbers } from './compareReleases';
import { fixVersionFor, fixVersionsOf } from './fixVersionFor';

/** What is asked of findings. */
type ToFix = Pick<
  VulnerabilityFinding,
  'purl' | 'installedVersion' | 'fixedVersion'
>;

type Compare = (left: string, right: string) => number | undefined;

/**
 * The lowest version that fixes every one of some findings of one package as it is installed. A lower one would leave
 * some of them, and undo what the higher one did.
 *
 * @returns `undefined` where one of them has no fix, or where the order of the versions cannot be told.
 */
export function versionThatFixes(
  findings: readonly ToFix[],
): string | undefined {
  const [first] = findings;
  // Hundreds of findings of a kernel share a few versions.
  const texts = [...new Set(findings.map(each => each.fixedVersion ?? ''))];
  const versions = texts.map(text =>
    fixVersionFor(first.installedVersion, text),
  );
  if (versions.includes(undefined)) {
    return undefined;
  }
  if (new Set(versions).size === 1) {
    return versions[0];
  }
  const compare = orderOf(findings.find(({ purl }) => purl)?.purl);
  const lists = texts.map(fixVersionsOf);
  if (lists.flat().some(each => compare(each, each) === undefined)) {
    return undefined;
  }
  // Of single versions only the highest matters.
  const highest = lists
    .flatMap(list => (list.length === 1 ? list : []))
    .reduce<string | undefined>(
      (left, right) =>
        left !== undefined && compare(left, right)! >= 0 ? left : right,
      undefined,
    );
  const branched = texts.filter((_, at) => lists[at].length > 1);
  return sortedBy(compare, [
    ...new Set([highest ?? [], branched.flatMap(fixVersionsOf)].flat()),
  ])?.find(
    candidate =>
      (compare(candidate, first.installedVersion) ?? 1) > 0 &&
      (highest === undefined || compare(candidate, highest)! >= 0) &&
      branched.every(text => isAmongFixed(compare, candidate, text)),
  );
}

/** Whether a version has the fix of a finding; `false` where that cannot be told. */
export function isFixedBy(
  version: string,
  { purl, fixedVersion = '' }: ToFix,
): boolean {
  const compare = orderOf(purl);
  return (
    version === fixedVersion ||
    (sortedBy(compare, [version, ...fixVersionsOf(fixedVersion)]) !==
      undefined &&
      isAmongFixed(compare, version, fixedVersion))
  );
}

function orderOf(purl: string | undefined): Compare {
  return parsePackageUrl(purl)?.type === 'deb'
    ? compareDebianVersions
    : compareReleases;
}

function sortedBy(compare: Compare, versions: string[]): string[] | undefined {
  return versions.some(each => compare(each, each) === undefined)
    ? undefined
    : [...versions].sort((left, right) => compare(left, right)!);
}

/** A branch has the fix from its own version on: what is fixed in 1.2.3 and in 2.0.1 is in 2.0.0. */
function isAmongFixed(
  compare: Compare,
  version: string,
  fixedVersion: string,
): boolean {
  const fixes = sortedBy(compare, fixVersionsOf(fixedVersion)) ?? [];
  const reached = fixes.filter(each => compare(version, each)! >= 0);
  const last = reached.at(-1);
  const next = fixes[reached.length];
  if (last === undefined || next === undefined) {
    return last !== undefined;
  }
  return sharedNumbers(version, last) > sharedNumbers(version, next);
}

/** How many numbers two versions have in common from the left. */
function sharedNumbers(left: string, right: string): number {
  const [first = [], second = []] = [left, right].map(releaseNumbers);
  const at = first.findIndex((number, index) => number !== second[index]);
  return at < 0 ? first.length : at;
}
