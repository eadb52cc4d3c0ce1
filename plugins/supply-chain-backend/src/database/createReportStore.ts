import {
  ObservedReport,
  PackedReport,
} from 'backstage-plugin-supply-chain-node';
import { Knex } from 'knex';
import { SourceStore } from '../stores/SourceStore';
import { LeasedSourceStore } from './LeasedSourceStore';
import {
  Sighting,
  advanceRepositoryClocks,
} from './operations/clocks/advanceRepositoryClocks';
import { listReportedImages } from './operations/reports/listReportedImages';
import { removeReports } from './operations/reports/removeReports';
import { retireReports } from './operations/reports/retireReports';
import { ReportPlace, upsertReports } from './operations/reports/upsertReports';
import { KnownTexts } from './operations/scans/KnownTexts';
import { requestVerdicts } from './operations/verdicts/requestVerdicts';
import { storableName } from './storable';

/** Scanner reports, and what follows from them for the images that run. */
export function createReportStore(options: {
  knex: Knex;
  now: () => Date;
}): SourceStore<ObservedReport | PackedReport> {
  const { knex, now } = options;
  const knownTexts = new KnownTexts();
  return LeasedSourceStore.create<ObservedReport | PackedReport>({
    knex,
    table: {
      name: 'reports',
      keepsGone: true,
      async upsert(transaction, source, reports) {
        const { places, changed } = await upsertReports({
          transaction,
          ...source,
          reports,
          now: now(),
          knownTexts,
        });
        await advanceRepositoryClocks({
          transaction,
          sightings: changed.flatMap(sightingOf),
          now: now(),
        });
        return requestVerdictsOf(transaction, places);
      },
      async remove(transaction, { uids, ...rows }) {
        const places = uids
          ? await retireReports({ transaction, ...rows, uids })
          : await removeReports({ transaction, ...rows });
        return requestVerdictsOf(transaction, places);
      },
    },
  });
}

async function requestVerdictsOf(
  transaction: Knex.Transaction,
  places: ReportPlace[],
): Promise<boolean> {
  if (places.length === 0) {
    return false;
  }
  const runningImageIds = await listReportedImages({ transaction, places });
  await requestVerdicts({ transaction, runningImageIds });
  return true;
}

function sightingOf({ evidence }: PackedReport): Sighting[] {
  const { detail } = evidence;
  return detail?.artifact.repository
    ? [
        {
          repository: storableName(detail.artifact.repository),
          scannedAt: detail.scannedAt,
          seen: detail.packed.seen,
        },
      ]
    : [];
}
