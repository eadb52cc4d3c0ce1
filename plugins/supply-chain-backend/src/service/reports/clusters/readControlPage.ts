import {
  ComplianceControl,
  schema,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { checkSeverityRank } from '../../../database/operations/clusterReports/clusterReportRows';
import { listClusterReports } from '../../../database/operations/clusterReports/listClusterReports';
import { listEntries } from '../../../database/operations/clusterReports/listEntries';
import { Page } from '../../SupplyChainService';
import { complianceOf } from './complianceOf';
import { requireCluster } from './clusterNames';

/** Which controls. */
export type ControlFilter = {
  /** Id of the report. */
  framework?: string;
  status?: schema.ControlStatus;
  severity?: schema.CheckSeverity;
  search?: string;
};

/** Options of {@link readControlPage}. */
export type ReadControlPageOptions = {
  knex: Knex;
  cluster: string;
  /** Whether to tell what is about secrets. */
  secrets: boolean;
  filter: ControlFilter;
  page: Page;
};

/** Controls of the frameworks of a cluster, the worst first. The caller has been authorised before. */
export async function readControlPage(
  options: ReadControlPageOptions,
): Promise<schema.ControlPage> {
  const { knex, cluster, secrets, filter, page } = options;
  await requireCluster(options);
  const { framework, status, severity, search } = filter;
  const { total, entries } = await listEntries({
    knex,
    cluster,
    kind: 'compliance',
    secrets,
    filter: {
      report: framework,
      status,
      search,
      severityRank: severity && checkSeverityRank(severity),
    },
    ...page,
  });
  const reports = await listClusterReports({
    knex,
    cluster,
    kind: 'compliance',
  });
  const titles = new Map(
    reports.map(report => [report.uid, complianceOf(report).framework.title]),
  );
  return {
    total,
    items: entries.map(({ uid, detail }) => {
      const { secrets: about, ...control }: ComplianceControl =
        JSON.parse(detail);
      return {
        framework: { id: uid, title: titles.get(uid) ?? '' },
        ...control,
      };
    }),
  };
}
