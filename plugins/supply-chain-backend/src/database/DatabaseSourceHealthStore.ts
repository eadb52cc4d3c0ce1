import { Knex } from 'knex';
import { SourceReport } from 'backstage-plugin-supply-chain-node';
import { SourceHealthStore, SourceLease } from '../stores/SourceStore';
import { withFence } from './operations/leases/withFence';
import { keepSources } from './operations/sources/keepSources';
import { reportSource } from './operations/sources/reportSource';
import { SourceHealthRow } from './tables';

/** An equal report is written again only after this long, so that "last seen well" stays true. */
const REPEAT_INTERVAL_MS = 15_000;

/** Health of sources in the table `source_health`. */
export class DatabaseSourceHealthStore implements SourceHealthStore {
  readonly #knex: Knex;
  readonly #written = new Map<string, { text: string; at: number }>();

  static create(options: { knex: Knex }): DatabaseSourceHealthStore {
    return new DatabaseSourceHealthStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async report(
    feed: string,
    report: SourceReport,
    lease?: SourceLease,
  ): Promise<void> {
    const key = `${report.kind}/${report.name}/${lease?.fence ?? ''}`;
    const text = JSON.stringify([
      report.state,
      report.reason,
      report.message,
      report.nextTryAt,
      report.parts,
      report.ofNoCluster,
    ]);
    const written = this.#written.get(key);
    const now = performance.now();
    if (written?.text === text && now - written.at < REPEAT_INTERVAL_MS) {
      return;
    }
    const write = (knex: Knex) => reportSource({ knex, feed, report });
    await (lease
      ? withFence({ knex: this.#knex, lease }, write)
      : write(this.#knex));
    this.#written.set(key, { text, at: now });
  }

  async setItems(options: {
    kind: string;
    name: string;
    items: number;
  }): Promise<void> {
    const { kind, name, items } = options;
    await this.#knex<SourceHealthRow>('source_health')
      .where({ kind, name })
      .update({ items });
  }

  async keepOnly(options: {
    feed: string;
    names: string[];
    listName?: string;
  }): Promise<void> {
    await keepSources({ knex: this.#knex, ...options });
    this.#written.clear();
  }
}
