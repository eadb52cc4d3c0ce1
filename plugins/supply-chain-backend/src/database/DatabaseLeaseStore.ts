import { Knex } from 'knex';
import { LeaseStore, SourceLease } from '../stores/SourceStore';
import { acquireLease } from './operations/leases/acquireLease';
import { releaseLease } from './operations/leases/releaseLease';
import { renewLease } from './operations/leases/renewLease';

/** Leases in the table `cluster_leases`. */
export class DatabaseLeaseStore implements LeaseStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): DatabaseLeaseStore {
    return new DatabaseLeaseStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async acquire(options: {
    feed: string;
    source: string;
    holder: string;
    timeToLiveMs: number;
  }): Promise<SourceLease | undefined> {
    return acquireLease({ knex: this.#knex, ...options });
  }

  async renew(lease: SourceLease, timeToLiveMs: number): Promise<boolean> {
    return renewLease({ knex: this.#knex, lease, timeToLiveMs });
  }

  async release(lease: SourceLease): Promise<void> {
    await releaseLease({ knex: this.#knex, lease });
  }
}
