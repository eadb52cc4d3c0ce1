import {
  CheckResultFilter,
  schema,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { VisibleEntities } from '../../permissions/VisibleEntities';
import { readClusterCheckResults } from './readClusterReports';
import { readEntityRuns } from './readEntityReport';
import { ReadVisibleImageOptions, readVisibleRuns } from './readVisibleImage';

type Wanted = {
  /** Of which entities the caller may know the secrets; absent: of none. */
  secrets?: VisibleEntities;
  filter: CheckResultFilter;
};

/** What scanners of the clusters checked of the workloads of an entity. */
export async function readEntityChecks(
  options: Wanted & { knex: Knex; ref: string; visible: VisibleEntities },
): Promise<schema.EnforcerResult[]> {
  const { runs } = await readEntityRuns(options);
  return readClusterCheckResults({ ...options, runs });
}

/** What scanners of the clusters checked of the workloads that run an image. */
export async function readImageChecks(
  options: Wanted & ReadVisibleImageOptions,
): Promise<schema.EnforcerResult[]> {
  const { found: runs } = await readVisibleRuns(options);
  return readClusterCheckResults({ ...options, runs });
}
