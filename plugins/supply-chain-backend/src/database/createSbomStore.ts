import { ObservedReport } from 'backstage-plugin-supply-chain-node';
import { Knex } from 'knex';
import { SourceStore } from '../stores/SourceStore';
import { LeasedSourceStore } from './LeasedSourceStore';
import { removeSbomReports } from './operations/sboms/removeSbomReports';
import { upsertSbomReports } from './operations/sboms/upsertSbomReports';

/** SBOMs. No verdict rests on them, so none is asked for when they change. */
export function createSbomStore(options: {
  knex: Knex;
}): SourceStore<ObservedReport<'sbom'>> {
  return LeasedSourceStore.create<ObservedReport<'sbom'>>({
    knex: options.knex,
    table: {
      name: 'sbom_reports',
      upsert: async (transaction, source, reports) =>
        upsertSbomReports({ transaction, ...source, reports }),
      remove: async (transaction, rows) =>
        removeSbomReports({ transaction, ...rows }),
    },
  });
}
