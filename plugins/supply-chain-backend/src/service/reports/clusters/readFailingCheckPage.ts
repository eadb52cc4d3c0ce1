import { PolicyResult, schema } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { checkSeverityRank } from '../../../database/operations/clusterReports/clusterReportRows';
import {
  CheckedObjectRow,
  listCheckedObjects,
} from '../../../database/operations/clusterReports/listCheckedObjects';
import {
  FailingCheckRow,
  listFailingChecks,
} from '../../../database/operations/clusterReports/listFailingChecks';
import { Page } from '../../SupplyChainService';
import { requireCluster } from './clusterNames';

/** Which checks. */
export type FailingCheckFilter = {
  topic?: schema.ClusterCheckTopicName;
  severity?: schema.CheckSeverity;
  search?: string;
};

/** Options of {@link readFailingCheckPage}. */
export type ReadFailingCheckPageOptions = {
  knex: Knex;
  cluster: string;
  filter: FailingCheckFilter;
  page: Page;
};

/** Checks that fail on objects of a cluster, each once. The caller has been authorised before. */
export async function readFailingCheckPage(
  options: ReadFailingCheckPageOptions,
): Promise<schema.FailingCheckPage> {
  const { knex, cluster, filter, page } = options;
  await requireCluster(options);
  const { topic, severity, search } = filter;
  const { total, checks } = await listFailingChecks({
    knex,
    cluster,
    filter: {
      topic,
      search,
      severityRank: severity && checkSeverityRank(severity),
    },
    ...page,
  });
  return { total, items: checks.map(checkOf) };
}

function checkOf({
  topic,
  objects,
  entry,
}: FailingCheckRow): schema.FailingCheck {
  const { policy, severity, category, title, remediation }: PolicyResult =
    JSON.parse(entry.detail);
  return {
    topic: topic as schema.ClusterCheckTopicName,
    check: policy,
    ...(severity && { severity }),
    ...(category && { category }),
    ...(title && { title }),
    ...(remediation && { remediation }),
    objects,
  };
}

/** Options of {@link readCheckedObjectPage}. */
export type ReadCheckedObjectPageOptions = {
  knex: Knex;
  cluster: string;
  topic: schema.ClusterCheckTopicName;
  check: string;
  page: Page;
};

/** The objects a check fails on. The caller has been authorised before. */
export async function readCheckedObjectPage(
  options: ReadCheckedObjectPageOptions,
): Promise<schema.CheckedObjectPage> {
  const { page, ...query } = options;
  await requireCluster(options);
  const { total, objects } = await listCheckedObjects({ ...query, ...page });
  return { total, items: objects.map(objectOf) };
}

function objectOf({ report, entries }: CheckedObjectRow): schema.CheckedObject {
  const messages = entries.flatMap(({ detail }) => {
    const { message }: PolicyResult = JSON.parse(detail);
    return message ?? [];
  });
  return {
    kind: report.object_kind,
    name: report.object_name,
    messages: [...new Set(messages)],
    observedAt: report.observed_at,
  };
}
