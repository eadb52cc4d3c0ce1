import { VulnerabilityFinding } from '../../model/vulnerability';
import { fixStateOf } from '../fixStateOf';
import { packageOf } from '../merge/packageIdentity';
import { installedPackages } from './installedPackages';
import { UpgradeCommand, upgradeCommand } from './upgradeCommand';
import { isFixedBy, versionThatFixes } from './versionThatFixes';

type Fixable = VulnerabilityFinding & { notAffected?: boolean };

/** One thing to update, and the findings that are gone then. */
export type Fix<T> = {
  /** Absent: none of them has a fix. */
  fixedVersion?: string;
  findings: T[];
  command?: UpgradeCommand;
};

type Part<T> = {
  /** Type, namespace and name, whatever the version. */
  package: string;
  /** A version, or why there is none. */
  fix: { version: string } | { state: string };
  findings: T[];
  /** Whether it is the one update to make; not so where others are offered for the package beside it. */
  isAdvised: boolean;
};

/**
 * Findings by what would fix them: each package, as it is installed, brought to the one version that fixes all that
 * counts in it. Where no order of versions is known they stand apart, and nobody says which one to take.
 */
export function fixesOf<T extends Fixable>(findings: readonly T[]): Fix<T>[] {
  const merged = new Map<string, Part<T>>();
  for (const part of installedPackages(findings).flatMap(partsOf)) {
    const key = JSON.stringify([part.package, part.fix]);
    const known = merged.get(key);
    merged.set(
      key,
      known
        ? {
            ...known,
            findings: [...known.findings, ...part.findings],
            isAdvised: known.isAdvised && part.isAdvised,
          }
        : part,
    );
  }
  return withCommands([...merged.values()]);
}

function partsOf<T extends Fixable>(findings: T[]): Part<T>[] {
  const name = JSON.stringify(packageOf(findings[0]));
  const fixable = findings.filter(({ fixedVersion }) => fixedVersion);
  const counted = fixable.filter(({ notAffected }) => !notAffected);
  const setAside = fixable.filter(({ notAffected }) => notAffected);
  const version = counted.length > 0 ? versionThatFixes(counted) : undefined;
  const along = setAside.filter(
    each => version !== undefined && isFixedBy(version, each),
  );
  const others = setAside.filter(each => !along.includes(each));
  return [
    ...(version === undefined
      ? apart(name, counted)
      : [
          {
            package: name,
            fix: { version },
            findings: [...counted, ...along],
            isAdvised: true,
          },
        ]),
    ...apart(name, others),
    ...apart(
      name,
      findings.filter(({ fixedVersion }) => !fixedVersion),
    ),
  ];
}

/** Each with what its own scanner says. */
function apart<T extends Fixable>(name: string, findings: T[]): Part<T>[] {
  const parts = new Map<string, Part<T>>();
  for (const finding of findings) {
    const { fixedVersion } = finding;
    const fix = fixedVersion
      ? { version: fixedVersion }
      : { state: fixStateOf(finding) };
    const key = JSON.stringify(fix);
    const known = parts.get(key);
    if (known) {
      known.findings.push(finding);
    } else {
      parts.set(key, {
        package: name,
        fix,
        findings: [finding],
        isAdvised: false,
      });
    }
  }
  return [...parts.values()];
}

/** Of a package in several versions it is not known which one the command changes, and the last one run would win. */
function withCommands<T extends Fixable>(parts: Part<T>[]): Fix<T>[] {
  const fixes = parts.map(part => ({
    part,
    command: part.isAdvised ? upgradeCommand(part.findings) : undefined,
  }));
  const commands = new Map<string, Set<string>>();
  for (const { part, command } of fixes) {
    if (command) {
      const known = commands.get(part.package) ?? new Set();
      commands.set(part.package, known.add(JSON.stringify(command)));
    }
  }
  return fixes.map(({ part, command }) => ({
    ...('version' in part.fix && { fixedVersion: part.fix.version }),
    findings: part.findings,
    ...(command && commands.get(part.package)!.size === 1 && { command }),
  }));
}
