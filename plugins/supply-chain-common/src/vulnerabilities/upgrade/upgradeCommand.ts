import { VulnerabilityFinding } from '../../model/vulnerability';
import { PackageUrl, parsePackageUrl } from '../cyclonedx/packageUrl';
import { installedPackages } from './installedPackages';
import { PackageTool, packageToolOf, UpgradePlace } from './packageTools';
import { versionThatFixes } from './versionThatFixes';

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
 * The command that fixes all of some findings, if there is one and it is truly known: the type of the package URL has a
 * package manager, the name is the one the scanner gives, name and version have the form that manager asks for, and of
 * several versions it is clear which one fixes them all. All texts are hostile; whatever does not fit yields no command.
 *
 * @public
 */
export function upgradeCommand(
  findings: readonly ToUpgrade[],
): UpgradeCommand | undefined {
  const commands = installedPackages(findings).map(commandFor);
  const [first] = commands;
  return commands.every(each => JSON.stringify(each) === JSON.stringify(first))
    ? first
    : undefined;
}

function commandFor(findings: ToUpgrade[]): UpgradeCommand | undefined {
  const url = parsePackageUrl(findings.find(({ purl }) => purl)?.purl);
  const tool = url && packageToolOf(url);
  if (!tool || OUTSIDE_PROJECT.test(findings[0].path ?? '')) {
    return undefined;
  }
  const name = nameFor(tool, url, findings);
  const version = versionThatFixes(findings);
  return name !== undefined && version && tool.version.test(version)
    ? { place: tool.place, arguments: tool.command(name, version) }
    : undefined;
}

/** The name, if the package URL and everything found mean the same package. */
function nameFor(
  { nameOf = ({ name }) => name, name: form }: PackageTool,
  url: PackageUrl,
  findings: ToUpgrade[],
): string | undefined {
  const name = nameOf(url);
  const spellings = [name, url.name].map(spelled);
  const agree = findings.every(({ packageName }) =>
    spellings.includes(spelled(packageName)),
  );
  return agree && form.test(name) ? name : undefined;
}

/** Python takes `-`, `_` and `.` for one another, and case for nothing. */
function spelled(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
