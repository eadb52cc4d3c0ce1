import { VulnerabilityFinding } from '../../model/vulnerability';

/** What tells packages apart; what a scanner does not say is absent. */
export type PackageIdentity = {
  /** Name and version as every scanner would write them. */
  nameAndVersion: string;
  /** Type, namespace and name of the package URL. */
  purl?: string;
  path?: string;
};

/** Name of the package of a finding as every scanner would write it, and its package URL without a version. */
export function packageOf({
  packageName,
  purl,
}: Pick<VulnerabilityFinding, 'packageName' | 'purl'>): {
  name: string;
  purl: string;
} {
  const base = purlBaseOf(purl);
  return { name: nameOf(packageName, base), purl: base };
}

/** The package of a finding, whatever the scanner's way to write it. */
export function packageIdentityOf(
  finding: VulnerabilityFinding,
): PackageIdentity {
  const { installedVersion, path } = finding;
  const { name, purl } = packageOf(finding);
  return {
    nameAndVersion: JSON.stringify([name, versionOf(installedVersion)]),
    ...(purl && { purl }),
    ...(path && { path }),
  };
}

/**
 * https://github.com/package-url/purl-spec: without version, qualifiers and subpath, which scanners fill in differently.
 */
function purlBaseOf(purl: string | undefined): string {
  const [base] = (purl ?? '').split(/[?#]/, 1);
  const version = base.indexOf('@', base.lastIndexOf('/'));
  return (version < 0 ? base : base.slice(0, version)).toLowerCase();
}

/** PEP 503: the Python index takes runs of `-`, `_` and `.` for one another. */
function nameOf(name: string, purl: string): string {
  const lower = name.toLowerCase();
  return purl.startsWith('pkg:pypi/') ? lower.replace(/[-_.]+/g, '-') : lower;
}

/** Go writes a `v`, RPM an epoch of zero, which others leave out. */
function versionOf(version: string): string {
  return version.replace(/^v(?=\d)/, '').replace(/^0:/, '');
}
