import {
  ObservedReport,
  ResumePoint,
} from 'backstage-plugin-supply-chain-node';
import { Knex } from 'knex';
import { SourceLease, SourceStore } from '../stores/SourceStore';
import {
  Sighting,
  advanceRepositoryClocks,
} from './operations/clocks/advanceRepositoryClocks';
import { revokeLease } from './operations/leases/revokeLease';
import { withFence } from './operations/leases/withFence';
import { listReportedImages } from './operations/reports/listReportedImages';
import { removeReports } from './operations/reports/removeReports';
import { ReportPlace, upsertReports } from './operations/reports/upsertReports';
import { readResumePoint } from './operations/sources/readResumePoint';
import { writeResumePoint } from './operations/sources/writeResumePoint';
import { requestVerdicts } from './operations/verdicts/requestVerdicts';
import { ReportRow } from './tables';

/** Scanner reports, and what follows from them for the images that run. */
export class DatabaseReportStore implements SourceStore<ObservedReport> {
  readonly #knex: Knex;
  readonly #now: () => Date;

  static create(options: { knex: Knex; now: () => Date }): DatabaseReportStore {
    return new DatabaseReportStore(options);
  }

  private constructor(options: { knex: Knex; now: () => Date }) {
    this.#knex = options.knex;
    this.#now = options.now;
  }

  async resumePoint(lease: SourceLease): Promise<ResumePoint | undefined> {
    return readResumePoint({ knex: this.#knex, ...lease });
  }

  async saveResumePoint(lease: SourceLease, point: ResumePoint): Promise<void> {
    await withFence({ knex: this.#knex, lease }, transaction =>
      writeResumePoint({ transaction, ...lease, point }),
    );
  }

  async knownVersions(lease: SourceLease): Promise<Map<string, string>> {
    const rows = await this.#knex<ReportRow>('reports')
      .where({ feed: lease.feed, source: lease.source })
      .select('uid', 'resource_version');
    return new Map(rows.map(row => [row.uid, row.resource_version]));
  }

  async upsert(
    lease: SourceLease,
    reports: ObservedReport[],
  ): Promise<boolean> {
    return withFence({ knex: this.#knex, lease }, async transaction => {
      const { feed, source } = lease;
      const { places, changed } = await upsertReports({
        transaction,
        feed,
        source,
        reports,
      });
      await advanceRepositoryClocks({
        transaction,
        sightings: changed.flatMap(sightingOf),
        now: this.#now(),
      });
      return this.#requestVerdicts(transaction, places);
    });
  }

  async remove(lease: SourceLease, uids: string[]): Promise<boolean> {
    return withFence({ knex: this.#knex, lease }, async transaction => {
      const { feed, source } = lease;
      const places = await removeReports({ transaction, feed, source, uids });
      return this.#requestVerdicts(transaction, places);
    });
  }

  async sources(feed: string): Promise<string[]> {
    const rows = await this.#knex<ReportRow>('reports')
      .where({ feed })
      .distinct('source');
    return rows.map(row => row.source);
  }

  async dropSource(feed: string, source: string): Promise<void> {
    await this.#knex.transaction(async transaction => {
      await revokeLease({ transaction, feed, source });
      const places = await removeReports({ transaction, feed, source });
      await this.#requestVerdicts(transaction, places);
      await transaction('resume_points').where({ feed, source }).delete();
    });
  }

  async #requestVerdicts(
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
}

function sightingOf({ evidence }: ObservedReport): Sighting[] {
  const { detail } = evidence;
  return detail?.artifact.repository
    ? [
        {
          repository: detail.artifact.repository,
          scannedAt: detail.scannedAt,
          findings: detail.findings,
        },
      ]
    : [];
}
