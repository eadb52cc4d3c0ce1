import { PackageUrl } from '../cyclonedx/packageUrl';

/**
 * Where a command belongs: `image`, in the Dockerfile; `project`, where the dependencies of the software are kept.
 *
 * @public
 */
export type UpgradePlace = 'image' | 'project';

/** How a package manager brings a package to a version. */
export type PackageTool = {
  place: UpgradePlace;
  /** Names of packages it takes; whole texts. Nothing a shell or the tool itself takes for something else (L32). */
  name: RegExp;
  /** Versions it takes. */
  version: RegExp;
  /** The name as the tool knows it. @defaultValue that of the package URL */
  nameOf?: (url: PackageUrl) => string;
  command: (name: string, version: string) => string[];
};

const VERSION_LETTERS = '[0-9A-Za-z.+~^_-]{0,99}';
/** https://semver.org/#backusnaur-form-grammar-for-valid-semver-versions */
const SEMVER =
  /^\d{1,9}\.\d{1,9}\.\d{1,9}(?:-[0-9A-Za-z.-]{1,64})?(?:\+[0-9A-Za-z.-]{1,64})?$/;
/** https://www.debian.org/doc/debian-policy/ch-controlfields.html#version; RPM's is written alike. */
const SYSTEM_VERSION = new RegExp(`^(?:\\d{1,5}:)?\\d${VERSION_LETTERS}$`);
const SYSTEM_NAME = /^[A-Za-z0-9][A-Za-z0-9+._-]{0,99}$/;
/** https://peps.python.org/pep-0508/#names */
const PYTHON_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?$/;
/** https://packaging.python.org/en/latest/specifications/version-specifiers/ */
const PYTHON_VERSION =
  /^(?:\d{1,5}!)?\d{1,9}(?:\.\d{1,9}){0,7}(?:(?:a|b|rc)\d{1,9})?(?:\.post\d{1,9})?(?:\.dev\d{1,9})?$/;
const LOOSE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;
const LOOSE_VERSION = /^\d[0-9A-Za-z._-]{0,99}$/;

const withNamespace =
  (separator: string) =>
  ({ namespace, name }: PackageUrl) =>
    namespace ? `${namespace}${separator}${name}` : name;

const APT: PackageTool = {
  place: 'image',
  // https://www.debian.org/doc/debian-policy/ch-controlfields.html#source
  name: /^[a-z0-9][a-z0-9+.-]{1,99}$/,
  version: SYSTEM_VERSION,
  // Without the version: an archive of Debian drops it as soon as there is a newer one.
  command: name => ['apt-get', 'install', '--yes', '--only-upgrade', name],
};

const DNF: PackageTool = {
  place: 'image',
  name: SYSTEM_NAME,
  version: SYSTEM_VERSION,
  command: (name, version) => [
    ...['dnf', 'upgrade', '--assumeyes'],
    `${name}-${version}`,
  ],
};

const ZYPPER: PackageTool = {
  ...DNF,
  command: (name, version) => [
    ...['zypper', '--non-interactive', 'install'],
    `${name}>=${version}`,
  ],
};

const APK: PackageTool = {
  place: 'image',
  name: SYSTEM_NAME,
  // https://wiki.alpinelinux.org/wiki/APKBUILD_Reference#pkgver
  version:
    /^\d{1,9}(?:\.\d{1,9}){0,7}[a-z]?(?:_(?:alpha|beta|pre|rc|cvs|svn|git|hg|p)\d{0,9})*(?:-r\d{1,6})?$/,
  // Not `=`: a repository of Alpine keeps the newest revision only.
  command: (name, version) => [
    'apk',
    'add',
    '--upgrade',
    `${name}>=${version}`,
  ],
};

const NPM: PackageTool = {
  place: 'project',
  // https://docs.npmjs.com/cli/v11/configuring-npm/package-json#name
  name: /^(?:@[a-z0-9][a-z0-9._-]{0,99}\/)?[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/,
  version: SEMVER,
  nameOf: withNamespace('/'),
  command: (name, version) => ['npm', 'install', `${name}@${version}`],
};

const PIP: PackageTool = {
  place: 'project',
  name: PYTHON_NAME,
  version: PYTHON_VERSION,
  command: (name, version) => ['pip', 'install', `${name}==${version}`],
};

const GO: PackageTool = {
  place: 'project',
  // A module path begins with a host; `stdlib` is the toolchain. https://go.dev/ref/mod#module-path
  name: /^[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63}){1,5}(?:\/[A-Za-z0-9_~][A-Za-z0-9._~-]{0,99}){0,15}$/,
  version:
    /^v?\d{1,9}\.\d{1,9}\.\d{1,9}(?:-[0-9A-Za-z.-]{1,64})?(?:\+incompatible)?$/,
  nameOf: withNamespace('/'),
  command: (name, version) => [
    'go',
    'get',
    `${name}@v${version.replace(/^v/, '')}`,
  ],
};

const MAVEN: PackageTool = {
  place: 'project',
  name: /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}:[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/,
  version: LOOSE_VERSION,
  nameOf: withNamespace(':'),
  // https://www.mojohaus.org/versions/versions-maven-plugin/use-dep-version-mojo.html
  command: (name, version) => [
    ...['mvn', 'versions:use-dep-version'],
    `-Dincludes=${name}`,
    `-DdepVersion=${version}`,
    '-DforceVersion=true',
  ],
};

const NUGET: PackageTool = {
  place: 'project',
  name: LOOSE_NAME,
  version: LOOSE_VERSION,
  command: (name, version) => [
    ...['dotnet', 'add', 'package', name],
    ...['--version', version],
  ],
};

const BUNDLER: PackageTool = {
  place: 'project',
  name: LOOSE_NAME,
  version: LOOSE_VERSION,
  // Bundler takes no version: it goes as far as the Gemfile allows.
  command: name => ['bundle', 'update', '--conservative', name],
};

const CARGO: PackageTool = {
  place: 'project',
  // https://doc.rust-lang.org/cargo/reference/manifest.html#the-name-field
  name: /^[A-Za-z][A-Za-z0-9_-]{0,63}$/,
  version: SEMVER,
  command: (name, version) => [
    ...['cargo', 'update', '--package', name],
    ...['--precise', version],
  ],
};

const COMPOSER: PackageTool = {
  place: 'project',
  // https://getcomposer.org/doc/04-schema.md#name
  name: /^[a-z0-9][a-z0-9._-]{0,99}\/[a-z0-9][a-z0-9._-]{0,99}$/,
  version: LOOSE_VERSION,
  nameOf: withNamespace('/'),
  command: (name, version) => [
    ...['composer', 'update', name],
    ...['--with', `${name}:${version}`],
  ],
};

const TOOLS: ReadonlyMap<string, PackageTool> = new Map([
  ['deb', APT],
  ['apk', APK],
  ['npm', NPM],
  ['pypi', PIP],
  ['golang', GO],
  ['maven', MAVEN],
  ['nuget', NUGET],
  ['gem', BUNDLER],
  ['cargo', CARGO],
  ['composer', COMPOSER],
]);

/** Distributions by the namespace of their package URLs; others have package managers of their own. */
const RPM_TOOLS: ReadonlyMap<string, PackageTool> = new Map([
  ...[
    ...['redhat', 'rhel', 'centos', 'fedora', 'rocky', 'rockylinux'],
    ...['alma', 'almalinux', 'oracle', 'oraclelinux'],
  ].map((name): [string, PackageTool] => [name, DNF]),
  ...['suse', 'sles', 'opensuse', 'opensuse.leap', 'opensuse.tumbleweed'].map(
    (name): [string, PackageTool] => [name, ZYPPER],
  ),
]);

/** The package manager of a package; `undefined` where it is not known. */
export function packageToolOf(url: PackageUrl): PackageTool | undefined {
  return url.type === 'rpm'
    ? RPM_TOOLS.get(url.namespace.toLowerCase())
    : TOOLS.get(url.type);
}
