import { VulnerabilityFinding } from '../../model/vulnerability';
import { PackageUrl, parsePackageUrl } from '../cyclonedx/packageUrl';
import { fixVersionFor } from './fixVersionFor';
import { PackageTool, packageToolOf, UpgradePlace } from './packageTools';

/**
 * A command that brings a package to a version with a fix.
 *
 * @public
 */
export type UpgradeCommand = {
  place: UpgradePlace;
  /** Not quoted: the surface that shows it quotes for its shell (L32). */
  arguments: string[];
};

/** What a command is made of. */
type ToUpgrade = Pick<
  VulnerabilityFinding,
  'packageName' | 'purl' | 'path' | 'installedVersion' | 'fixedVersion'
>;

/** What package managers bring for themselves, and what the distribution installed: an update of the project leaves it. */
const OUTSIDE_PROJECT =
  /(?:^|\/)(?:node_modules\/(?:npm|corepack|pnpm|yarn)|dist-packages)\//;

/**
 * The command that fixes findings, if it is the same for all of them and truly known: the type of the package URL has a
 * package manager, the name is the one the scanner gives, name and version have the form that manager asks for, and of
 * several versions it is clear which one. All texts are hostile; whatever does not fit yields no command.
 *
 * @public
 */
export function upgradeCommand(
  findings: readonly ToUpgrade[],
): UpgradeCommand | undefined {
  const commands = findings.map(commandFor);
  const [first] = commands;
  return commands.every(each => JSON.stringify(each) === JSON.stringify(first))
    ? first
    : undefined;
}

function commandFor(finding: ToUpgrade): UpgradeCommand | undefined {
  const { purl, path = '', installedVersion, fixedVersion } = finding;
  const url = parsePackageUrl(purl);
  const tool = url && packageToolOf(url);
  const version = fixedVersion && fixVersionFor(installedVersion, fixedVersion);
  if (!tool || !version || OUTSIDE_PROJECT.test(path)) {
    return undefined;
  }
  const name = nameFor(tool, url, finding);
  return name !== undefined && tool.version.test(version)
    ? { place: tool.place, arguments: tool.command(name, version) }
    : undefined;
}

/** The name, if the package URL and the scanner mean the same package. */
function nameFor(
  { nameOf = ({ name }) => name, name: form }: PackageTool,
  url: PackageUrl,
  { packageName }: ToUpgrade,
): string | undefined {
  const name = nameOf(url);
  const agrees = [name, url.name].some(
    each => spelled(each) === spelled(packageName),
  );
  return agrees && form.test(name) ? name : undefined;
}

/** Python takes `-`, `_` and `.` for one another, and case for nothing. */
function spelled(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
