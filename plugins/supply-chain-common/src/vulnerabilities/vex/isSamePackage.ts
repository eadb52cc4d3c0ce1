import { PackageUrl, parsePackageUrl } from '../cyclonedx/packageUrl';

/**
 * Whether a package URL of a statement is the package a scanner found: type, namespace, name and version are the same,
 * and so is every qualifier and path that the statement gives. One without a version names no package here: what holds
 * for all versions nobody can have looked at.
 */
export function isSamePackage(
  stated: string,
  found: string | undefined,
): boolean {
  const left = parsePackageUrl(stated);
  const right = parsePackageUrl(found);
  return (
    left?.version !== undefined &&
    right !== undefined &&
    identityOf(left) === identityOf(right) &&
    // RPM: 1:2.0 and 2.0 are two versions, and the epoch stands beside the version.
    epochOf(left) === epochOf(right) &&
    [...left.qualifiers].every(
      ([name, value]) =>
        ['', 'epoch'].includes(name) || right.qualifiers.get(name) === value,
    ) &&
    [undefined, subpathOf(found!)].includes(subpathOf(stated))
  );
}

function identityOf({ type, namespace, name, version }: PackageUrl): string {
  // PEP 503: the Python index takes these spellings for one another.
  const spelled =
    type === 'pypi' ? name.toLowerCase().replace(/[-_.]+/g, '-') : name;
  return JSON.stringify([type, namespace, spelled, version]);
}

function epochOf({ qualifiers }: PackageUrl): string {
  return qualifiers.get('epoch') ?? '0';
}

function subpathOf(purl: string): string | undefined {
  const at = purl.indexOf('#');
  return at < 0 ? undefined : purl.slice(at + 1);
}
