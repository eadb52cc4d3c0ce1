import { VulnerabilityClock } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { readClocksOf } from '../../../derivations/vulnerabilityClocks';
import { VulnerabilityClockRow } from '../../tables';

/** Options of {@link readClocks}. */
export type ReadClocksOptions = { knex: Knex; repositories: string[] };

/** Clocks of vulnerabilities by repository (L21), in the order of their keys. */
export async function readClocks(
  options: ReadClocksOptions,
): Promise<Map<string, VulnerabilityClock[]>> {
  const { knex, repositories } = options;
  const rows: VulnerabilityClockRow[] = await knex<VulnerabilityClockRow>(
    'vulnerability_clocks',
  ).whereIn('repository', [...new Set(repositories)]);
  return new Map(
    rows.map(row => [
      row.repository,
      [...readClocksOf(row.clocks)]
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([key, { firstSeenAt, firstFixableAt }]) => ({
          key,
          firstSeenAt,
          ...(firstFixableAt && { firstFixableAt }),
        })),
    ]),
  );
}
