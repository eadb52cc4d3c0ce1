import {
  EntityLinker,
  ObservedPod,
} from 'backstage-plugin-supply-chain-common';
import { ResumePoint } from 'backstage-plugin-supply-chain-node';
import { Knex } from 'knex';
import { SourceLease, SourceStore } from '../stores/SourceStore';
import { revokeLease } from './operations/leases/revokeLease';
import { withFence } from './operations/leases/withFence';
import { removePods } from './operations/pods/removePods';
import { upsertPods, WorkloadKey } from './operations/pods/upsertPods';
import { readResumePoint } from './operations/sources/readResumePoint';
import { writeResumePoint } from './operations/sources/writeResumePoint';
import { reconcileWorkloads } from './operations/runningImages/reconcileWorkloads';
import { PodRow } from './tables';

/** Options of {@link DatabasePodStore}. */
export type DatabasePodStoreOptions = {
  knex: Knex;
  /** Reads the links that hold now; called inside the transaction. */
  linker: (transaction: Knex.Transaction) => Promise<EntityLinker>;
  now: () => Date;
};

/** Pods, and the running images they add up to. */
export class DatabasePodStore implements SourceStore<ObservedPod> {
  readonly #options: DatabasePodStoreOptions;

  static create(options: DatabasePodStoreOptions): DatabasePodStore {
    return new DatabasePodStore(options);
  }

  private constructor(options: DatabasePodStoreOptions) {
    this.#options = options;
  }

  async resumePoint(lease: SourceLease): Promise<ResumePoint | undefined> {
    return readResumePoint({ knex: this.#options.knex, ...lease });
  }

  async saveResumePoint(lease: SourceLease, point: ResumePoint): Promise<void> {
    await withFence({ knex: this.#options.knex, lease }, transaction =>
      writeResumePoint({ transaction, ...lease, point }),
    );
  }

  async knownVersions(lease: SourceLease): Promise<Map<string, string>> {
    const rows = await this.#options
      .knex<PodRow>('pods')
      .where({ feed: lease.feed, cluster: lease.source })
      .select('uid', 'resource_version');
    return new Map(rows.map(row => [row.uid, row.resource_version]));
  }

  async upsert(lease: SourceLease, pods: ObservedPod[]): Promise<boolean> {
    return withFence({ knex: this.#options.knex, lease }, async transaction => {
      const workloads = await upsertPods({
        transaction,
        feed: lease.feed,
        cluster: lease.source,
        pods,
      });
      return this.#reconcile({ transaction, cluster: lease.source, workloads });
    });
  }

  async remove(lease: SourceLease, uids: string[]): Promise<boolean> {
    return withFence({ knex: this.#options.knex, lease }, async transaction => {
      const workloads = await removePods({
        transaction,
        feed: lease.feed,
        cluster: lease.source,
        uids,
      });
      return this.#reconcile({ transaction, cluster: lease.source, workloads });
    });
  }

  async sources(feed: string): Promise<string[]> {
    const rows = await this.#options
      .knex<PodRow>('pods')
      .where({ feed })
      .distinct('cluster');
    return rows.map(row => row.cluster);
  }

  async dropSource(feed: string, source: string): Promise<void> {
    await this.#options.knex.transaction(async transaction => {
      await revokeLease({ transaction, feed, source });
      const workloads = await removePods({
        transaction,
        feed,
        cluster: source,
      });
      await this.#reconcile({ transaction, cluster: source, workloads });
      await transaction('resume_points').where({ feed, source }).delete();
    });
  }

  async #reconcile(options: {
    transaction: Knex.Transaction;
    cluster: string;
    workloads: WorkloadKey[];
  }): Promise<boolean> {
    if (options.workloads.length === 0) {
      return false;
    }
    const linker = await this.#options.linker(options.transaction);
    const now = this.#options.now();
    return reconcileWorkloads({ ...options, linker, now });
  }
}
