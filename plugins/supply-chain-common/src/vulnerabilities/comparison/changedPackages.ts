import { compareText } from '../compareText';
import { MergedFinding } from '../merge';
import { packageOf } from '../merge/packageIdentity';
import { ComparedFinding } from './compareFindings';

/**
 * A package that has other versions in one image than in the other.
 *
 * @public
 */
export type ChangedPackage = {
  name: string;
  /** Package URL without a version, where a scanner gives one. */
  purl?: string;
  /** Versions in the earlier image, sorted as texts. */
  before: string[];
  /** Versions in the later image. */
  after: string[];
};

type Versions = { shown: string; purl: string } & Record<
  'before' | 'after',
  Set<string>
>;

/**
 * The packages whose versions differ, by name. Only packages with findings in both images are known: what one image has
 * no finding in may be gone, or may be fixed.
 *
 * @public
 */
export function changedPackages(
  findings: readonly ComparedFinding[],
): ChangedPackage[] {
  const packages = new Map<string, Versions>();
  const add = (side: 'before' | 'after', finding: MergedFinding) => {
    const { name, purl } = packageOf(finding);
    const key = JSON.stringify([name, purl]);
    const known = packages.get(key) ?? {
      shown: finding.packageName,
      purl,
      before: new Set(),
      after: new Set(),
    };
    packages.set(key, known);
    known[side].add(finding.installedVersion);
  };
  for (const { before, after } of findings) {
    if (before) {
      add('before', before);
    }
    if (after) {
      add('after', after);
    }
  }
  return [...packages]
    .sort(([left], [right]) => compareText(left, right))
    .map(([, { shown, purl, before, after }]) => ({
      name: shown,
      ...(purl && { purl }),
      before: [...before].sort(compareText),
      after: [...after].sort(compareText),
    }))
    .filter(
      ({ before, after }) =>
        before.length > 0 &&
        after.length > 0 &&
        JSON.stringify(before) !== JSON.stringify(after),
    );
}
