import {
  clockOf,
  overdueFindings,
  schema,
  severityReasonOf,
  SupplyChainPolicy,
  VulnerabilityClock,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import {
  readSightedClocks,
  SightedClock,
} from '../../database/operations/clocks/readClocks';
import { ExploitRow } from './readExploits';
import { shownScore } from './shownScore';

/** What limits how long findings may stay. */
export type FindingLimits = {
  /** Those that cover the image. */
  policies: readonly Pick<SupplyChainPolicy, 'rules'>[];
  now: Date;
};

/** Options of {@link findingRows}. */
export type FindingRowsOptions = {
  knex: Knex;
  repository: string;
  /** Absent: rows do not say until when they may stay. */
  limits?: FindingLimits;
};

/** Makes rows of findings, with the clocks of their repository. */
export async function findingRows(
  options: FindingRowsOptions,
): Promise<
  (finding: ExploitRow & { notAffected?: boolean }) => schema.VulnerabilityRow
> {
  const { knex, repository, limits } = options;
  const clocks = await readSightedClocks({ knex, repositories: [repository] });
  const byKey = new Map(
    (clocks.get(repository) ?? []).map(clock => [clock.key, clock]),
  );
  return finding => ({
    ...rowOf(finding, clockOf(finding, byKey)),
    sources: datedSources(finding, byKey),
    ...(limits && deadlineOf(finding, limits, byKey)),
  });
}

function rowOf(
  { clockKeys, scoreStated, ...finding }: ExploitRow,
  clock: Omit<VulnerabilityClock, 'key'> | undefined,
): schema.VulnerabilityRow {
  const severityReason = severityReasonOf(finding);
  return {
    ...finding,
    ...shownScore({ ...finding, scoreStated }),
    ...(severityReason && { severityReason }),
    ...(clock && { firstSeenAt: clock.firstSeenAt }),
    ...(clock?.firstFixableAt && { firstFixableAt: clock.firstFixableAt }),
  };
}

/** Who finds it since when; what was handed in starts no clock (L21). */
function datedSources(
  { sources, clockKeys }: ExploitRow,
  clocks: ReadonlyMap<string, SightedClock>,
): schema.FindingSource[] {
  const sightings = clockKeys.flatMap(key => clocks.get(key)?.seenBy ?? []);
  return sources.map(source => {
    const [firstSeenAt] = sightings
      .filter(([scanner]) => !source.trust && scanner === source.scanner)
      .map(([, at]) => at)
      .sort();
    return { ...source, ...(firstSeenAt && { firstSeenAt }) };
  });
}

/** Until when it may stay; what VEX sets aside may. */
function deadlineOf(
  finding: ExploitRow & { notAffected?: boolean },
  { policies, now }: FindingLimits,
  clocks: ReadonlyMap<string, VulnerabilityClock>,
): Pick<schema.VulnerabilityRow, 'dueAt' | 'overdue'> {
  const { overdue, nextDueAt } = overdueFindings({
    findings: finding.notAffected ? [] : [finding],
    clocks: finding.clockKeys.flatMap(key => clocks.get(key) ?? []),
    policies,
    now,
  });
  if (overdue.length > 0) {
    return { overdue: true };
  }
  return nextDueAt ? { dueAt: nextDueAt } : {};
}
