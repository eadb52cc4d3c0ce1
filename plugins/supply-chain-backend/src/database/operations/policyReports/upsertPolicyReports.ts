import { ObservedPolicyReport } from 'backstage-plugin-supply-chain-node';
import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { PolicyReportObjectRow, PolicyReportRow } from '../../tables';
import { replaceClusterReports } from '../clusterReports/replaceClusterReports';
import { policyReportRowOf } from './policyReportRow';

/** Options of {@link upsertPolicyReports}. */
export type UpsertPolicyReportsOptions = {
  transaction: Knex.Transaction;
  feed: string;
  source: string;
  reports: ObservedPolicyReport[];
};

/** Writes reports of other enforcers and says whether they tell anything else than before. */
export async function upsertPolicyReports(
  options: UpsertPolicyReportsOptions,
): Promise<boolean> {
  let changed = false;
  for (const reports of chunksOf(options.reports)) {
    changed = (await upsertChunk({ ...options, reports })) || changed;
  }
  return changed;
}

async function upsertChunk(
  options: UpsertPolicyReportsOptions,
): Promise<boolean> {
  const { transaction, feed, source } = options;
  // The last of several with one uid: a statement cannot write one row twice.
  const reports = new Map(options.reports.map(each => [each.uid, each]));
  const stored: PolicyReportRow[] = await transaction<PolicyReportRow>(
    'policy_reports',
  )
    .where({ feed, source })
    .whereIn('uid', [...reports.keys()]);
  const before = new Map(stored.map(row => [row.uid, row]));
  const written = [...reports.values()]
    .map(report => ({
      ...policyReportRowOf({ feed, source, report }),
      cluster: report.cluster,
    }))
    .filter(({ row }) => {
      const known = before.get(row.uid);
      return (
        known?.hash !== row.hash ||
        known.resource_version !== row.resource_version
      );
    });
  await replace({ ...options, written });
  return written.some(({ row, objects, cluster }) => {
    const known = before.get(row.uid);
    return known
      ? known.hash !== row.hash
      : objects.length > 0 || cluster !== undefined;
  });
}

type WrittenReport = ReturnType<typeof policyReportRowOf> &
  Pick<ObservedPolicyReport, 'cluster'>;

async function replace(options: {
  transaction: Knex.Transaction;
  feed: string;
  source: string;
  written: WrittenReport[];
}): Promise<void> {
  const { transaction, feed, source, written } = options;
  if (written.length === 0) {
    return;
  }
  const rows = written.map(({ row }) => row);
  await transaction<PolicyReportRow>('policy_reports')
    .insert(rows)
    .onConflict(['feed', 'source', 'uid'])
    .merge();
  await transaction<PolicyReportObjectRow>('policy_report_objects')
    .where({ feed, source })
    .whereIn(
      'uid',
      rows.map(({ uid }) => uid),
    )
    .delete();
  for (const chunk of chunksOf(written.flatMap(({ objects }) => objects))) {
    await transaction<PolicyReportObjectRow>('policy_report_objects').insert(
      chunk,
    );
  }
  await replaceClusterReports({
    transaction,
    feed,
    source,
    reports: written.map(({ row, cluster }) => ({
      uid: row.uid,
      evidence: cluster,
    })),
  });
}
