import { VulnerabilityClock } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import {
  FirstSightings,
  readClocksOf,
} from '../../../derivations/vulnerabilityClocks';
import { VulnerabilityClockRow } from '../../tables';

/** Options of {@link readClocks}. */
export type ReadClocksOptions = { knex: Knex; repositories: string[] };

/** Clocks of vulnerabilities by repository (L21), in the order of their keys. */
export async function readClocks(
  options: ReadClocksOptions,
): Promise<Map<string, VulnerabilityClock[]>> {
  const rows = await readSightedClocks(options);
  return new Map(
    [...rows].map(([repository, clocks]) => [
      repository,
      clocks.map(({ seenBy, ...clock }) => clock),
    ]),
  );
}

/** A clock with who found the vulnerability first when; no verdict depends on that. */
export type SightedClock = VulnerabilityClock & { seenBy?: FirstSightings };

/** The same, with who found them. */
export async function readSightedClocks({
  knex,
  repositories,
}: ReadClocksOptions): Promise<Map<string, SightedClock[]>> {
  const rows: VulnerabilityClockRow[] = await knex<VulnerabilityClockRow>(
    'vulnerability_clocks',
  ).whereIn('repository', [...new Set(repositories)]);
  return new Map(
    rows.map(row => [
      row.repository,
      [...readClocksOf(row.clocks)]
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([key, { lastSeenAt, missingSince, ...clock }]) => ({
          key,
          ...clock,
        })),
    ]),
  );
}
