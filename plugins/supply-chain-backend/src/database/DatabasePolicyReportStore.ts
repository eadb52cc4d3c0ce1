import {
  ObservedPolicyReport,
  ResumePoint,
} from 'backstage-plugin-supply-chain-node';
import { Knex } from 'knex';
import { SourceLease, SourceStore } from '../stores/SourceStore';
import { revokeLease } from './operations/leases/revokeLease';
import { withFence } from './operations/leases/withFence';
import { removePolicyReports } from './operations/policyReports/removePolicyReports';
import { upsertPolicyReports } from './operations/policyReports/upsertPolicyReports';
import { readResumePoint } from './operations/sources/readResumePoint';
import { writeResumePoint } from './operations/sources/writeResumePoint';
import { PolicyReportRow } from './tables';

/** Reports of other enforcers. No verdict rests on them, so none is asked for when they change. */
export class DatabasePolicyReportStore
  implements SourceStore<ObservedPolicyReport>
{
  readonly #knex: Knex;

  static create(options: { knex: Knex }): DatabasePolicyReportStore {
    return new DatabasePolicyReportStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
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
    const rows = await this.#knex<PolicyReportRow>('policy_reports')
      .where({ feed: lease.feed, source: lease.source })
      .select('uid', 'resource_version');
    return new Map(rows.map(row => [row.uid, row.resource_version]));
  }

  async upsert(
    lease: SourceLease,
    reports: ObservedPolicyReport[],
  ): Promise<boolean> {
    const { feed, source } = lease;
    return withFence({ knex: this.#knex, lease }, transaction =>
      upsertPolicyReports({ transaction, feed, source, reports }),
    );
  }

  async remove(lease: SourceLease, uids: string[]): Promise<boolean> {
    const { feed, source } = lease;
    return withFence({ knex: this.#knex, lease }, transaction =>
      removePolicyReports({ transaction, feed, source, uids }),
    );
  }

  async sources(feed: string): Promise<string[]> {
    const rows = await this.#knex<PolicyReportRow>('policy_reports')
      .where({ feed })
      .distinct('source');
    return rows.map(row => row.source);
  }

  async dropSource(feed: string, source: string): Promise<void> {
    await this.#knex.transaction(async transaction => {
      await revokeLease({ transaction, feed, source });
      await removePolicyReports({ transaction, feed, source });
      await transaction('resume_points').where({ feed, source }).delete();
    });
  }
}
