import {
  clockOf,
  schema,
  VulnerabilityClock,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { readClocks } from '../../database/operations/clocks/readClocks';
import { ExploitRow } from './readExploits';

/** Makes rows of findings, with the clocks of their repository. */
export async function findingRows(options: {
  knex: Knex;
  repository: string;
}): Promise<(finding: ExploitRow) => schema.VulnerabilityRow> {
  const { knex, repository } = options;
  const clocks = await readClocks({ knex, repositories: [repository] });
  const byKey = new Map(
    (clocks.get(repository) ?? []).map(clock => [clock.key, clock]),
  );
  return finding => rowOf(finding, clockOf(finding, byKey));
}

function rowOf(
  { clockKeys, cvss, ...finding }: ExploitRow,
  clock: Omit<VulnerabilityClock, 'key'> | undefined,
): schema.VulnerabilityRow {
  return {
    ...finding,
    ...(clock && { firstSeenAt: clock.firstSeenAt }),
    ...(clock?.firstFixableAt && { firstFixableAt: clock.firstFixableAt }),
  };
}
