import { MergedFinding } from '../merge';
import { packageOf } from '../merge/packageIdentity';

/** Where a finding is, without anything that an update of its package changes; what a scanner does not say is empty. */
export type FindingPlace = {
  name: string;
  /** Type, namespace and name of the package URL. */
  purl: string;
  path: string;
};

/** The package of a finding, told by what stays the same from one image to the next. */
export function placeOf(finding: MergedFinding): FindingPlace {
  return { ...packageOf(finding), path: pathWithoutVersion(finding) };
}

/**
 * Files carry the version in their names: `lib/app-1.2.3.jar` and `lib/app-1.2.4.jar` are one place. A version is left
 * out only where it stands alone, so that "1" does not take the digits of another number.
 */
function pathWithoutVersion({
  path = '',
  installedVersion,
}: MergedFinding): string {
  const parts = installedVersion === '' ? [path] : path.split(installedVersion);
  return parts.reduce((left, right) =>
    stands(left, right) ? `${left}*${right}` : left + installedVersion + right,
  );
}

const PART_OF_A_VERSION = /[0-9]\.?$/;
const GOES_ON = /^(?:[0-9]|\.[0-9])/;

function stands(before: string, after: string): boolean {
  return !PART_OF_A_VERSION.test(before) && !GOES_ON.test(after);
}
