import { VulnerabilityFinding } from '../../model/vulnerability';

/** What a finding says of its package. */
export type InstalledPackage = Pick<
  VulnerabilityFinding,
  'packageName' | 'purl' | 'path' | 'installedVersion'
>;

/** What tells packages apart; what a scanner does not say is absent. */
export type PackageIdentity = {
  /** The version and the last part of the name: what every way to write the package has in common. */
  bucket: string;
  /** As the scanner writes it. */
  name: string;
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
export function packageIdentityOf(finding: InstalledPackage): PackageIdentity {
  const { name, purl: base } = packageOf(finding);
  const purl = withoutDistribution(nameOf(decoded(base), base));
  const path = finding.path?.replace(/^\/+|\/+$/g, '');
  // Of what names no package URL it is not known whether it comes from the Python index.
  const last = lastPartOf(purl || name).replace(/[-_.]+/g, '-');
  return {
    bucket: JSON.stringify([last, versionOf(finding, purl)]),
    name,
    ...(purl && { purl }),
    ...(path && { path }),
  };
}

/**
 * Those that may be the same package at the same place, as far as is said. A name without the group of its Maven
 * coordinates is taken only where one group alone has it.
 */
export function placesOf<T extends PackageIdentity>(
  identity: PackageIdentity,
  known: readonly T[],
): T[] {
  const near = known.filter(each => isSamePath(each.path, identity.path));
  const same = near.filter(each => isSamePackage(each, identity));
  if (same.length > 0) {
    return same;
  }
  const named = near.filter(
    each => isBareNameOf(each, identity) || isBareNameOf(identity, each),
  );
  return new Set(named.map(({ purl }) => purl)).size === 1 ? named : [];
}

function isBareNameOf(left: PackageIdentity, right: PackageIdentity): boolean {
  return (
    left.purl === undefined &&
    right.purl !== undefined &&
    right.purl.startsWith('pkg:maven/') &&
    left.name === lastPartOf(right.purl)
  );
}

/** Package URLs decide; a name beside one must be one of its spellings, or what that scanner itself wrote. */
function isSamePackage(left: PackageIdentity, right: PackageIdentity): boolean {
  if (left.purl !== undefined && right.purl !== undefined) {
    return left.purl === right.purl;
  }
  const purl = left.purl ?? right.purl;
  const written = left.purl === undefined ? left.name : right.name;
  return (
    left.name === right.name ||
    (purl !== undefined && spellingsOf(purl).includes(nameOf(written, purl)))
  );
}

/** Clair names the directory or archive in which others name the file. */
export function isSamePath(
  left: string | undefined,
  right: string | undefined,
): boolean {
  return (
    left === undefined ||
    right === undefined ||
    left === right ||
    left.startsWith(`${right}/`) ||
    right.startsWith(`${left}/`)
  );
}

/** `group:artifact`, `scope/name`: with the namespace, which is part of the name. */
function spellingsOf(purl: string): string[] {
  const [, namespace, name] =
    /^pkg:[^/]+\/(?:(.*)\/)?([^/]+)$/.exec(purl) ?? [];
  return namespace === undefined
    ? [name]
    : [`${namespace}/${name}`, `${namespace}:${name}`];
}

/** The distribution is that of the whole image, and scanners name it differently: `rpm/redhat` and `rpm/rhel`. */
function withoutDistribution(purl: string): string {
  return purl.replace(/^pkg:(apk|deb|rpm)\/(?:.*\/)?(?=[^/]+$)/, 'pkg:$1/');
}

function lastPartOf(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf(':')) + 1);
}

/**
 * https://github.com/package-url/purl-spec: without version, qualifiers and subpath, which scanners fill in differently.
 */
function purlBaseOf(purl: string | undefined): string {
  const [base] = (purl ?? '').split(/[?#]/, 1);
  const version = base.indexOf('@', base.lastIndexOf('/'));
  return (version < 0 ? base : base.slice(0, version)).toLowerCase();
}

/** `@` and `+` are written `%40` and `%2b` by some and plainly by others. */
function decoded(text: string): string {
  try {
    return text.includes('%') ? decodeURIComponent(text) : text;
  } catch {
    return text;
  }
}

/** PEP 503: the Python index takes runs of `-`, `_` and `.` for one another. */
function nameOf(name: string, purl: string): string {
  const lower = name.toLowerCase();
  return purl.startsWith('pkg:pypi/') ? lower.replace(/[-_.]+/g, '-') : lower;
}

/** Go writes a `v`, and `go` before the version of its standard library, RPM an epoch of zero, which others leave out. */
function versionOf(
  { packageName, installedVersion }: InstalledPackage,
  purl: string,
): string {
  const isGoLibrary =
    purl === 'pkg:golang/stdlib' || (!purl && packageName === 'stdlib');
  return installedVersion
    .replace(isGoLibrary ? /^(?:go|v)(?=\d)/ : /^v(?=\d)/, '')
    .replace(/^0:/, '');
}
