import { ResumePoint } from 'backstage-plugin-supply-chain-node';
import { Knex } from 'knex';
import { SourceLease, SourceStore } from '../stores/SourceStore';
import { revokeLease } from './operations/leases/revokeLease';
import { withFence } from './operations/leases/withFence';
import { readResumePoint } from './operations/sources/readResumePoint';
import { writeResumePoint } from './operations/sources/writeResumePoint';

type Row = {
  feed: string;
  source: string;
  uid: string;
  resource_version: string;
};

/** A source, and which of its rows; without `uids` all of them. */
export type SourceRows = { feed: string; source: string; uids?: string[] };

/** What differs between the tables that sources are kept in. */
export type SourceTable<T> = {
  name: 'reports' | 'policy_reports' | 'sbom_reports';
  /** Whether rows that a source holds no more stay for a while, with `gone_at` set. */
  keepsGone?: boolean;
  /** Both say whether anything changed. */
  upsert(
    transaction: Knex.Transaction,
    source: { feed: string; source: string },
    items: T[],
  ): Promise<boolean>;
  remove(transaction: Knex.Transaction, rows: SourceRows): Promise<boolean>;
};

/** What the sources of feeds hold, in a table of its own, written only by who holds the lease. */
export class LeasedSourceStore<T> implements SourceStore<T> {
  readonly #knex: Knex;
  readonly #table: SourceTable<T>;

  static create<T>(options: {
    knex: Knex;
    table: SourceTable<T>;
  }): LeasedSourceStore<T> {
    return new LeasedSourceStore(options);
  }

  private constructor(options: { knex: Knex; table: SourceTable<T> }) {
    this.#knex = options.knex;
    this.#table = options.table;
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
    const { name, keepsGone } = this.#table;
    const query = this.#knex(name).where({
      feed: lease.feed,
      source: lease.source,
    });
    if (keepsGone) {
      query.whereNull('gone_at');
    }
    const rows: Row[] = await query.select('uid', 'resource_version');
    return new Map(rows.map(row => [row.uid, row.resource_version]));
  }

  async upsert(lease: SourceLease, items: T[]): Promise<boolean> {
    const { feed, source } = lease;
    return withFence({ knex: this.#knex, lease }, transaction =>
      this.#table.upsert(transaction, { feed, source }, items),
    );
  }

  async remove(lease: SourceLease, uids: string[]): Promise<boolean> {
    const { feed, source } = lease;
    return withFence({ knex: this.#knex, lease }, transaction =>
      this.#table.remove(transaction, { feed, source, uids }),
    );
  }

  async sources(feed: string): Promise<string[]> {
    const rows: Row[] = await this.#knex(this.#table.name)
      .where({ feed })
      .distinct('source');
    return rows.map(row => row.source);
  }

  async dropSource(feed: string, source: string): Promise<void> {
    await this.#knex.transaction(async transaction => {
      await revokeLease({ transaction, feed, source });
      await this.#table.remove(transaction, { feed, source });
      await transaction('resume_points').where({ feed, source }).delete();
    });
  }
}
