import {
  CheckResultFilter,
  clusterCheckResultsOf,
  clusterChecksOf,
  ClusterChecksOptions,
  EnforcedEvidence,
  otherEnforcersOf,
  schema,
  subjectKey,
  WorkloadSubject,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { listVisibleRefs } from '../../database/operations/entities/listVisibleRefs';
import { VisibleRun } from '../../database/operations/images/listVisibleRuns';
import { readEnforced } from '../../database/operations/policyReports/readEnforced';
import { readRoles } from '../../database/operations/policyReports/readRoles';
import { VisibleEntities } from '../../permissions/VisibleEntities';

/** Options of {@link readClusterReports}. */
export type ReadClusterReportsOptions = {
  knex: Knex;
  /** What the caller may see; only the workloads in it are told of (L33). */
  runs: VisibleRun[];
  visible: VisibleEntities;
  /** Of which entities the caller may know the secrets; absent: of none. */
  secrets?: VisibleEntities;
};

/** What other enforcers say of the workloads of some running images, and what scanners of the clusters checked. */
export async function readClusterReports(
  options: ReadClusterReportsOptions,
): Promise<Pick<schema.EntityReport, 'otherEnforcers' | 'clusterChecks'>> {
  const { reports, checked } = await readReports(options);
  return {
    otherEnforcers: otherEnforcersOf(reports),
    clusterChecks: clusterChecksOf(checked),
  };
}

/** The results behind what {@link readClusterReports} counts of checks. */
export async function readClusterCheckResults(
  options: ReadClusterReportsOptions & { filter: CheckResultFilter },
): Promise<schema.EnforcerResult[]> {
  const { checked } = await readReports(options);
  return clusterCheckResultsOf(checked, options.filter);
}

async function readReports(
  options: ReadClusterReportsOptions,
): Promise<{ reports: EnforcedEvidence[]; checked: ClusterChecksOptions }> {
  const { knex, runs, visible } = options;
  const reports = await readEnforced({ knex, images: runs });
  const roles = await readRoles({ knex, images: runs, visible });
  const known = await workloadsOfKnownSecrets(options, reports);
  return {
    reports,
    checked: {
      reports: [...reports, ...roles],
      maySeeSecrets: workload => known.has(subjectKey(workload)),
    },
  };
}

async function workloadsOfKnownSecrets(
  { knex, runs, secrets }: ReadClusterReportsOptions,
  reports: EnforcedEvidence[],
): Promise<Set<string>> {
  const asked = reports.some(
    ({ evidence }) => evidence.detail?.topic === 'secrets',
  );
  if (!asked || !secrets) {
    return new Set();
  }
  const refs = [...new Set(runs.map(run => run.entity_ref))];
  const known = await listVisibleRefs({ knex, refs, visible: secrets });
  // What belongs to no entity meets no condition about one.
  const unlinked = secrets.unlinked && secrets.rules === 'all';
  return new Set(
    runs
      .filter(({ entity_ref: ref }) => (ref ? known.has(ref) : unlinked))
      .map(run => subjectKey(workloadOf(run))),
  );
}

function workloadOf(run: VisibleRun): WorkloadSubject {
  return {
    type: 'workload',
    cluster: run.cluster,
    namespace: run.namespace,
    kind: run.workload_kind,
    name: run.workload_name,
  };
}
