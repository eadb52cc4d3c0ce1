import { mockServices } from '@backstage/backend-test-utils';
import { SourceReport } from 'backstage-plugin-supply-chain-node';
import { createDirectTransport } from 'backstage-plugin-supply-chain-node/testUtils';
import { Knex } from 'knex';
import { DatabaseLeaseStore } from '../../database/DatabaseLeaseStore';
import { DatabaseSourceHealthStore } from '../../database/DatabaseSourceHealthStore';
import { DatabaseFeedSink } from '../../inventory/DatabaseFeedSink';
import { SourceStore } from '../../stores/SourceStore';
import { HistoryClock } from './HistoryClock';
import { Subject } from './subjects';

export const CLUSTER = 'production';

/** One backend that runs the feed under test against the real database. */
export class Replica {
  readonly #controller = new AbortController();
  readonly #running: Promise<void>;

  static start<T extends { uid: string; resourceVersion: string }>(options: {
    subject: Subject<T>;
    store: SourceStore<T>;
    knex: Knex;
    clock: HistoryClock;
    url: string;
    holder: string;
    onReport: (report: SourceReport) => void;
  }): Replica {
    const { subject, store, knex, clock, url, holder, onReport } = options;
    const health = DatabaseSourceHealthStore.create({ knex });
    const sink = DatabaseFeedSink.create<T>({
      feed: subject.feed,
      holder,
      itemsOf: subject.source,
      store,
      leases: DatabaseLeaseStore.create({ knex }),
      health: {
        report: (feed, report, lease) => {
          onReport(report);
          return health.report(feed, report, lease);
        },
        setItems: items => health.setItems(items),
        keepOnly: names => health.keepOnly(names),
      },
      uidOf: ({ uid }) => uid,
      logger: mockServices.logger.mock(),
      onChanged: () => undefined,
      restartPauseMs: 0,
    });
    const transport = createDirectTransport({ [CLUSTER]: url });
    return new Replica(signal =>
      subject.run({ transport, clock }, sink, { signal }),
    );
  }

  private constructor(run: (signal: AbortSignal) => Promise<void>) {
    this.#running = run(this.#controller.signal);
  }

  async stop(): Promise<void> {
    this.#controller.abort();
    await this.#running;
  }
}
