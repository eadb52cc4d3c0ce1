import {
  schema,
  supplyChainSecretsReadPermission,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { StoredClusterScan } from '../../../database/operations/clusterReports/clusterReportRows';
import {
  countClusterFindings,
  noFindings,
} from '../../../database/operations/clusterReports/countClusterFindings';
import { countControls } from '../../../database/operations/clusterReports/countControls';
import { countFailingChecks } from '../../../database/operations/clusterReports/countFailingChecks';
import { listClusterReports } from '../../../database/operations/clusterReports/listClusterReports';
import { SourceHealthRow } from '../../../database/tables';
import { requireCluster } from './clusterNames';
import { clusterReadsOf } from './clusterReads';
import { complianceOf } from './complianceOf';
import { readClusterContents } from './readClusterContents';

/** Options of {@link readCluster}. */
export type ReadClusterOptions = {
  knex: Knex;
  cluster: string;
  /** Whether to tell what is about secrets. */
  secrets: boolean;
  sandbox: boolean;
};

/** What is reported on a cluster as a whole. The caller has been authorised before. */
export async function readCluster(
  options: ReadClusterOptions,
): Promise<schema.ClusterReport> {
  const { knex, cluster, sandbox } = options;
  await requireCluster(options);
  const source = await knex<SourceHealthRow>('source_health')
    .where({ kind: 'checks', name: cluster })
    .first();
  const { frameworks, withheld } = await readFrameworks(options);
  return {
    cluster,
    compliance: {
      reads: clusterReadsOf(source, ['clustercompliancereports']),
      frameworks,
    },
    checks: {
      reads: clusterReadsOf(source, [
        'clusterconfigauditreports',
        'clusterrbacassessmentreports',
        'clusterinfraassessmentreports',
      ]),
      topics: await readTopics(options),
    },
    vulnerabilities: {
      reads: clusterReadsOf(source, ['clustervulnerabilityreports']),
      ...(await readScans(options)),
    },
    contents: await readClusterContents(options),
    missingPermissions: withheld ? [supplyChainSecretsReadPermission.name] : [],
    sandbox,
  };
}

async function readFrameworks({
  knex,
  cluster,
  secrets,
}: ReadClusterOptions): Promise<{
  frameworks: schema.ComplianceFramework[];
  /** Whether controls are left out that the caller may not know of. */
  withheld: boolean;
}> {
  const reports = await listClusterReports({
    knex,
    cluster,
    kind: 'compliance',
  });
  const told = await countControls({ knex, cluster, secrets });
  const all = await countControls({ knex, cluster, secrets: true });
  const frameworks = reports.map(report => {
    const { framework, evaluatedAt } = complianceOf(report);
    const counted = told.find(each => each.report === report.uid);
    return {
      id: report.uid,
      name: framework.id,
      title: framework.title,
      ...(framework.version && { version: framework.version }),
      controls: counted?.counts ?? { fail: 0, notEvaluated: 0, pass: 0 },
      ...(evaluatedAt && { evaluatedAt }),
    };
  });
  return {
    frameworks: frameworks.sort((left, right) =>
      left.title.localeCompare(right.title, 'en-US'),
    ),
    withheld: JSON.stringify(told) !== JSON.stringify(all),
  };
}

async function readTopics({
  knex,
  cluster,
}: ReadClusterOptions): Promise<schema.ClusterCheckTopic[]> {
  const topics = await countFailingChecks({ knex, cluster });
  return topics
    .map(({ cluster: of, topic, ...counts }) => ({
      topic: topic as schema.ClusterCheckTopicName,
      ...counts,
    }))
    .sort((left, right) => left.topic.localeCompare(right.topic, 'en-US'));
}

async function readScans({
  knex,
  cluster,
}: ReadClusterOptions): Promise<
  Pick<schema.ClusterVulnerabilities, 'scans' | 'counts' | 'fixable'>
> {
  const reports = await listClusterReports({
    knex,
    cluster,
    kind: 'vulnerabilities',
  });
  const findings = await countClusterFindings({ knex, cluster });
  return {
    scans: reports.map(({ detail }) => scanOf(JSON.parse(detail))),
    ...(findings.get(cluster) ?? noFindings()),
  };
}

function scanOf(scan: StoredClusterScan): schema.ClusterScan {
  const { artifact, os, scanner, scannedAt } = scan;
  return {
    name: artifact.repository ?? '',
    ...(artifact.tag && { version: artifact.tag }),
    ...(os && { os: [os.family, os.name].filter(Boolean).join(' ') }),
    ...(os?.endOfLife && { endOfLife: true }),
    scanner: [scanner.name, scanner.version].filter(Boolean).join(' '),
    scannedAt,
  };
}
