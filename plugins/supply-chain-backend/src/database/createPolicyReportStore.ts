import { ObservedPolicyReport } from 'backstage-plugin-supply-chain-node';
import { Knex } from 'knex';
import { SourceStore } from '../stores/SourceStore';
import { LeasedSourceStore } from './LeasedSourceStore';
import { removePolicyReports } from './operations/policyReports/removePolicyReports';
import { upsertPolicyReports } from './operations/policyReports/upsertPolicyReports';

/** Reports of other enforcers. No verdict rests on them, so none is asked for when they change. */
export function createPolicyReportStore(options: {
  knex: Knex;
}): SourceStore<ObservedPolicyReport> {
  return LeasedSourceStore.create<ObservedPolicyReport>({
    knex: options.knex,
    table: {
      name: 'policy_reports',
      upsert: async (transaction, source, reports) =>
        upsertPolicyReports({ transaction, ...source, reports }),
      remove: async (transaction, rows) =>
        removePolicyReports({ transaction, ...rows }),
    },
  });
}
