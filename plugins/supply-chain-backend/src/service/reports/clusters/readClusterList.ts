import { schema } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import {
  countClusterFindings,
  noFindings,
} from '../../../database/operations/clusterReports/countClusterFindings';
import {
  CountedControls,
  countControls,
} from '../../../database/operations/clusterReports/countControls';
import { countFailingChecks } from '../../../database/operations/clusterReports/countFailingChecks';
import { listClusterReports } from '../../../database/operations/clusterReports/listClusterReports';
import { Page } from '../../SupplyChainService';
import { clusterNames } from './clusterNames';

/** Options of {@link readClusterList}. */
export type ReadClusterListOptions = {
  knex: Knex;
  /** Whether to count what is about secrets. */
  secrets: boolean;
  page: Page;
  sandbox: boolean;
};

/** The clusters by name, with what reports on them as a whole come to. The caller has been authorised before. */
export async function readClusterList(
  options: ReadClusterListOptions,
): Promise<schema.ClusterList> {
  const { knex, secrets, page, sandbox } = options;
  const controls = await countControls({ knex, secrets });
  const topics = await countFailingChecks({ knex });
  const findings = await countClusterFindings({ knex });
  const scans = await listClusterReports({ knex, kind: 'vulnerabilities' });
  const scanned = new Set(scans.map(({ source }) => source));
  const names = await clusterNames({ knex });
  return {
    total: names.length,
    items: names.slice(page.offset, page.offset + page.limit).map(cluster => {
      const ofFrameworks = controls.filter(each => each.cluster === cluster);
      const checked = topics.filter(each => each.cluster === cluster);
      return {
        cluster,
        ...(ofFrameworks.length > 0 && { controls: sumOf(ofFrameworks) }),
        ...(checked.length > 0 && {
          failingChecks: checked.reduce(
            (sum, { failingChecks }) => sum + failingChecks,
            0,
          ),
        }),
        // A scan that found nothing is not the same as none.
        ...(scanned.has(cluster) && {
          vulnerabilities: (findings.get(cluster) ?? noFindings()).counts,
        }),
      };
    }),
    sandbox,
  };
}

function sumOf(frameworks: CountedControls[]): schema.ControlCounts {
  const sum = { fail: 0, notEvaluated: 0, pass: 0 };
  for (const { counts } of frameworks) {
    sum.fail += counts.fail;
    sum.notEvaluated += counts.notEvaluated;
    sum.pass += counts.pass;
  }
  return sum;
}
