import {
  explainCoverage,
  imageFacts,
  schema,
  SupplyChainPolicy,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { listEntityFacts } from '../../database/operations/entities/listEntityFacts';
import { VisibleRun } from '../../database/operations/images/listVisibleRuns';
import { imageOf } from '../../database/operations/runningImages/imageOf';

/** Options of {@link readCoverage}. */
export type ReadCoverageOptions = {
  knex: Knex;
  /** Those in force. */
  policies: SupplyChainPolicy[];
  /** Where the image runs or is named, as far as the caller may see. */
  runs: VisibleRun[];
};

/** Which policies cover an image and which do not, by the same facts and the same match as its verdicts. */
export async function readCoverage(
  options: ReadCoverageOptions,
): Promise<schema.PolicyCoverage[]> {
  const { knex, policies, runs } = options;
  const entities = await listEntityFacts({
    knex,
    refs: [...new Set(runs.map(run => run.entity_ref))],
  });
  return explainCoverage({
    policies,
    places: runs.map(run => ({
      ...imageFacts(imageOf(run)),
      entity: entities.get(run.entity_ref) ?? null,
    })),
  });
}
