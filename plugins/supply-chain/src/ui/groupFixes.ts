import {
  countSeverities,
  schema,
  SEVERITIES_WORST_FIRST,
  UpgradeCommand,
  upgradeCommand,
} from 'backstage-plugin-supply-chain-common';

/** One thing to update, with what it resolves. */
export type Fix = {
  key: string;
  packageName: string;
  /** Absent: there is no fix yet. */
  fixedVersion?: string;
  findings: schema.VulnerabilityRow[];
  /** Of the findings that count: what VEX sets aside does not. */
  counts: schema.SeverityCounts;
  /** What brings the package to a version with the fix, where that is truly known. */
  command?: UpgradeCommand;
};

/** What is exploited comes before everything else, the first due before the others. */
function dueOf({ findings }: Fix): string {
  const [first = '9999'] = findings
    .filter(({ notAffected }) => !notAffected)
    .flatMap(({ exploited }) => exploited?.dueDate ?? [])
    .sort();
  return first;
}

function rankOf(fix: Fix): number {
  const rank = SEVERITIES_WORST_FIRST.findIndex(
    severity => fix.counts[severity] > 0,
  );
  // With nothing that counts it comes last.
  return rank < 0 ? SEVERITIES_WORST_FIRST.length : rank;
}

/**
 * Findings by key, those that are exploited first, then those with the worst severity and then with most findings first.
 */
export function groupFindings(
  rows: readonly schema.VulnerabilityRow[],
  keyOf: (row: schema.VulnerabilityRow) => string,
): Fix[] {
  const groups = new Map<string, schema.VulnerabilityRow[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) {
      group.push(row);
    } else {
      groups.set(key, [row]);
    }
  }
  return [...groups]
    .map(([key, findings]) => ({
      key,
      packageName: findings[0].packageName,
      fixedVersion: findings[0].fixedVersion,
      findings,
      counts: countSeverities(
        findings.filter(({ notAffected }) => !notAffected),
      ),
      command: upgradeCommand(findings),
    }))
    .sort(
      (left, right) =>
        dueOf(left).localeCompare(dueOf(right)) ||
        rankOf(left) - rankOf(right) ||
        right.findings.length - left.findings.length ||
        left.key.localeCompare(right.key),
    );
}

/**
 * Findings by what would fix them: one package brought to one version. Those without a fix are one group each package.
 */
export function groupByFix(rows: readonly schema.VulnerabilityRow[]): Fix[] {
  return groupFindings(rows, row =>
    JSON.stringify([row.packageName, row.fixedVersion ?? null]),
  );
}

/**
 * Findings by package as installed.
 */
export function groupByPackage(
  rows: readonly schema.VulnerabilityRow[],
): Fix[] {
  return groupFindings(rows, row =>
    JSON.stringify([row.packageName, row.installedVersion, row.path ?? null]),
  );
}
