import { schema, WithExploitData } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { chunksOf } from '../../database/chunks';
import {
  describeVulnerabilities,
  rankVulnerabilities,
  VulnerabilityFilter,
} from '../../database/operations/vulnerabilities/listVulnerabilities';
import { VisibleEntities } from '../../permissions/VisibleEntities';
import { Judging } from '../judgingNow';
import { requireTellable } from '../reports/findingFilter';
import { readExploits } from '../reports/readExploits';
import { vulnerabilityRowOf } from '../reports/readVulnerabilities';

/** Options of {@link readAllVulnerabilities}. */
export type ReadAllVulnerabilitiesOptions = Judging & {
  knex: Knex;
  visible: VisibleEntities;
  filter: VulnerabilityFilter;
  /** Only in images of services of these. */
  owners?: string[];
};

/** Every vulnerability of everything that runs, in the order of its page. */
export async function* readAllVulnerabilities(
  options: ReadAllVulnerabilitiesOptions,
): AsyncGenerator<WithExploitData<schema.VulnerabilityOverviewRow>[]> {
  const exploits = await readExploits(options);
  requireTellable(options.filter, exploits.state);
  const ranked = await rankVulnerabilities({
    ...options,
    exploited: exploits.listed,
  });
  for (const some of chunksOf(ranked)) {
    const described = await describeVulnerabilities(options, some);
    yield described.map(each => ({
      ...exploits.prioritise(vulnerabilityRowOf(each)),
      exploitData: exploits.state,
    }));
  }
}
