import { randomUUID } from 'node:crypto';
import {
  AuthService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { EventsService } from '@backstage/plugin-events-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import {
  EvidenceCollector,
  EvidenceFeed,
  InventoryFeed,
  PolicyReportFeed,
  SbomFeed,
} from 'backstage-plugin-supply-chain-node';
import { EvaluationPool } from 'backstage-plugin-supply-chain-node/evaluation';
import {
  ConditionalDocuments,
  TufReader,
} from 'backstage-plugin-supply-chain-node/policies';
import { Knex } from 'knex';
import { AlertSender } from '../alerts/AlertSender';
import { CatalogReader } from '../catalog/CatalogReader';
import { settleCatalog } from '../catalog/settleCatalog';
import { CachedLinker } from '../database/CachedLinker';
import { DatabaseAlertStore } from '../database/DatabaseAlertStore';
import { DatabaseCatalogStore } from '../database/DatabaseCatalogStore';
import { DatabaseEvidenceStore } from '../database/DatabaseEvidenceStore';
import { DatabaseExploitDataStore } from '../database/DatabaseExploitDataStore';
import { DatabaseLeaseStore } from '../database/DatabaseLeaseStore';
import { DatabasePodStore } from '../database/DatabasePodStore';
import { createPolicyReportStore } from '../database/createPolicyReportStore';
import { DatabasePolicyStore } from '../database/DatabasePolicyStore';
import { DatabaseReferenceStore } from '../database/DatabaseReferenceStore';
import { createReportStore } from '../database/createReportStore';
import { createSbomStore } from '../database/createSbomStore';
import { DatabaseSourceHealthStore } from '../database/DatabaseSourceHealthStore';
import { DatabaseVerdictStore } from '../database/DatabaseVerdictStore';
import { DatabaseWaiverStore } from '../database/DatabaseWaiverStore';
import { DatabaseWaiverWarningStore } from '../database/DatabaseWaiverWarningStore';
import { listRunningContents } from '../database/operations/runningImages/listRunningContents';
import { EvidenceEngine } from '../evidence/EvidenceEngine';
import { ExploitDataLoader } from '../exploitData/ExploitDataLoader';
import { DatabaseFeedSink } from '../inventory/DatabaseFeedSink';
import { ReferenceResolver } from '../inventory/ReferenceResolver';
import { TagRegistry } from '../inventory/resolveReference';
import { MetricsLookTracker } from '../metrics/MetricsLookTracker';
import { HintQueue } from '../notifications/HintQueue';
import { MetricsVerdictTracker } from '../metrics/MetricsVerdictTracker';
import { PolicyLoader } from '../policies/PolicyLoader';
import { ChangePublisher } from '../publishing/ChangePublisher';
import { VerdictEngine } from '../verdict/VerdictEngine';
import { WaiverWatch } from '../waivers/WaiverWatch';
import { EngineConfig } from './readEngineConfig';
import { scheduleTasks } from './scheduleTasks';

/** Options of {@link SupplyChainEngine}. */
export type SupplyChainEngineOptions = {
  knex: Knex;
  config: EngineConfig;
  inventoryFeeds: InventoryFeed[];
  evidenceFeeds: EvidenceFeed[];
  policyReportFeeds: PolicyReportFeed[];
  sbomFeeds: SbomFeed[];
  originCollector: EvidenceCollector;
  collectors: EvidenceCollector[];
  registry: TagRegistry;
  trustedRoots: TufReader;
  documents: Pick<ConditionalDocuments, 'read'>;
  /** What other systems push, on its way to who holds the source. */
  hints: HintQueue;
  auth: AuthService;
  catalog: CatalogService;
  scheduler: SchedulerService;
  events: EventsService;
  signals: SignalsService;
  notifications: NotificationService;
  metrics: MetricsService;
  logger: LoggerService;
  now?: () => Date;
};

type Sink = { dropOtherSources(): Promise<void> };

/**
 * Everything that runs behind the API: feeds, catalog, policies, looks, verdicts and notifications. The parts meet in
 * the database only; they wake each other so that a change in a cluster is seen in seconds.
 */
export class SupplyChainEngine {
  /** The policies in force. */
  readonly policies: PolicyLoader;
  /** What is known of exploits. */
  readonly exploitData: ExploitDataLoader;
  readonly #options: SupplyChainEngineOptions;
  readonly #now: () => Date;
  readonly #catalog: CatalogReader;
  readonly #references: ReferenceResolver;
  readonly #evidence: EvidenceEngine;
  readonly #verdicts: VerdictEngine;
  readonly #alerts: AlertSender;
  readonly #publisher: ChangePublisher;
  readonly #health: DatabaseSourceHealthStore;
  readonly #linker: CachedLinker;
  readonly #pool = EvaluationPool.create();
  readonly #stop = new AbortController();
  readonly #running: Promise<unknown>[] = [];

  static create(options: SupplyChainEngineOptions): SupplyChainEngine {
    return new SupplyChainEngine(options);
  }

  private constructor(options: SupplyChainEngineOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
    this.#health = DatabaseSourceHealthStore.create(options);
    this.#linker = new CachedLinker({ claims: options.config.namespaceClaims });
    this.#publisher = ChangePublisher.create(options);
    this.policies = this.#createPolicies();
    this.exploitData = this.#createExploitData();
    this.#catalog = this.#createCatalog();
    this.#references = this.#createReferences();
    this.#evidence = this.#createEvidence();
    this.#verdicts = this.#createVerdicts();
    this.#alerts = AlertSender.create({
      ...options,
      store: DatabaseAlertStore.create(options),
    });
  }

  /** Starts everything and returns at once. */
  async start(): Promise<void> {
    const { signal } = this.#stop;
    const sinks = [
      ...this.#startInventory(),
      ...this.#startEvidenceFeeds(),
      ...this.#startPolicyReportFeeds(),
      ...this.#startSbomFeeds(),
    ];
    this.#keep('notifications received', this.#options.hints.run(signal));
    this.#keep('policies', this.policies.run(signal));
    this.#keep('exploits', this.exploitData.run(signal));
    this.#keep('references', this.#references.run(signal));
    this.#keep('evidence', this.#evidence.run(signal));
    this.#keep('verdicts', this.#verdicts.run(signal));
    this.#keep('notifications', this.#alerts.run(signal));
    const readCatalog = () => this.#catalog.readAll();
    this.#keep('catalog', settleCatalog({ read: readCatalog, signal }));
    await scheduleTasks({
      ...this.#options,
      sinks,
      readCatalog,
      watchWaivers: () => this.#watchWaivers(),
      signal,
      now: this.#now,
    });
  }

  /** Stops everything; what was under way is given back for another replica. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#publisher.stop();
    await Promise.all(this.#running);
    await this.#pool.close();
  }

  /** Begins requested looks at once. */
  wakeEvidence(): void {
    this.#references.wake();
    this.#evidence.wake();
    this.#publisher.somethingChanged();
  }

  /** Begins requested verdicts at once. */
  wakeVerdicts(): void {
    this.#evidenceChanged();
  }

  /** Reads one entity that is not known yet. */
  async readEntity(entityRef: string): Promise<void> {
    await this.#catalog.readOne(entityRef);
  }

  #inventoryChanged = (): void => {
    this.#evidence.wake();
    this.#verdicts.wake();
    this.#publisher.somethingChanged();
  };

  #evidenceChanged = (): void => {
    this.#verdicts.wake();
    this.#publisher.somethingChanged();
  };

  #createPolicies(): PolicyLoader {
    const { config } = this.#options;
    return PolicyLoader.create({
      ...this.#options,
      sources: config.policySources,
      store: DatabasePolicyStore.create(this.#options),
      health: this.#health,
      onChanged: this.#inventoryChanged,
    });
  }

  #createExploitData(): ExploitDataLoader {
    return ExploitDataLoader.create({
      ...this.#options,
      sources: this.#options.config.exploitData,
      store: DatabaseExploitDataStore.create(this.#options),
      health: this.#health,
      policies: () => this.policies.current()?.policies ?? [],
      onChanged: this.#evidenceChanged,
      now: this.#now,
    });
  }

  #createCatalog(): CatalogReader {
    return CatalogReader.create({
      ...this.#options,
      store: DatabaseCatalogStore.create({
        ...this.#options,
        linker: this.#linker,
      }),
      health: this.#health,
      onChanged: () => {
        this.#references.wake();
        this.#inventoryChanged();
      },
      now: this.#now,
    });
  }

  #createReferences(): ReferenceResolver {
    const { config } = this.#options;
    return ReferenceResolver.create({
      ...this.#options,
      store: DatabaseReferenceStore.create(this.#options),
      rules: config.annotatedImages,
      onChanged: this.#inventoryChanged,
      now: this.#now,
      intervalMs: config.reverificationIntervalMs,
    });
  }

  #createEvidence(): EvidenceEngine {
    const { config } = this.#options;
    return EvidenceEngine.create({
      ...this.#options,
      store: DatabaseEvidenceStore.create(this.#options),
      health: this.#health,
      policySet: () => this.policies.policySet(),
      tracker: MetricsLookTracker.create(this.#options),
      onChanged: this.#evidenceChanged,
      now: this.#now,
      concurrency: config.concurrency,
      intervalMs: config.reverificationIntervalMs,
    });
  }

  #createVerdicts(): VerdictEngine {
    return VerdictEngine.create({
      ...this.#options,
      store: DatabaseVerdictStore.create(this.#options),
      health: this.#health,
      pool: this.#pool,
      policySet: () => this.policies.policySet(),
      waivers: DatabaseWaiverStore.create(this.#options),
      tracker: MetricsVerdictTracker.create(this.#options),
      onSaved: async ({ changed, changes }) => {
        if (changed) {
          this.#publisher.somethingChanged();
          this.#alerts.wake();
        }
        await this.#publisher.verdictsChanged(changes);
      },
      now: this.#now,
    });
  }

  async #watchWaivers(): Promise<void> {
    const watch = WaiverWatch.create({
      ...this.#options,
      store: DatabaseWaiverWarningStore.create(this.#options),
      policySet: () => this.policies.policySet(),
      onWarned: () => this.#alerts.wake(),
      now: this.#now,
    });
    await watch.look();
  }

  #startInventory(): Sink[] {
    const { inventoryFeeds, knex } = this.#options;
    const store = DatabasePodStore.create({
      knex,
      linker: transaction => this.#linker.read(transaction),
      now: this.#now,
    });
    return inventoryFeeds.map(feed => {
      const sink = DatabaseFeedSink.create({
        ...this.#sinkOptions(feed.id),
        itemsOf: 'cluster',
        store,
        uidOf: pod => pod.uid,
        onChanged: this.#inventoryChanged,
      });
      this.#keep(feed.id, feed.run(sink, { signal: this.#stop.signal }));
      return sink;
    });
  }

  #startEvidenceFeeds(): Sink[] {
    const { evidenceFeeds, knex } = this.#options;
    const store = createReportStore({ knex, now: this.#now });
    const contents = { list: () => listRunningContents({ knex }) };
    return evidenceFeeds.map(feed => {
      const sink = DatabaseFeedSink.create({
        ...this.#sinkOptions(feed.id),
        itemsOf: 'scanner',
        store,
        uidOf: report => report.uid,
        onChanged: this.#evidenceChanged,
      });
      const options = { signal: this.#stop.signal, contents };
      this.#keep(feed.id, feed.run(sink, options));
      return sink;
    });
  }

  #startPolicyReportFeeds(): Sink[] {
    const { policyReportFeeds } = this.#options;
    const store = createPolicyReportStore(this.#options);
    return policyReportFeeds.map(feed => {
      const sink = DatabaseFeedSink.create({
        ...this.#sinkOptions(feed.id),
        itemsOf: feed.sourceKind ?? 'enforcer',
        store,
        uidOf: report => report.uid,
        onChanged: () => this.#publisher.somethingChanged(),
      });
      this.#keep(feed.id, feed.run(sink, { signal: this.#stop.signal }));
      return sink;
    });
  }

  #startSbomFeeds(): Sink[] {
    const { sbomFeeds } = this.#options;
    const store = createSbomStore(this.#options);
    return sbomFeeds.map(feed => {
      const sink = DatabaseFeedSink.create({
        ...this.#sinkOptions(feed.id),
        itemsOf: 'contents',
        store,
        uidOf: report => report.uid,
        onChanged: () => this.#publisher.somethingChanged(),
      });
      this.#keep(feed.id, feed.run(sink, { signal: this.#stop.signal }));
      return sink;
    });
  }

  #sinkOptions(feed: string) {
    const { hints } = this.#options;
    return {
      feed,
      hintsOf: (source: string, signal: AbortSignal) =>
        hints.hintsOf({ feed, source }, signal),
      holder: randomUUID(),
      leases: DatabaseLeaseStore.create(this.#options),
      health: this.#health,
      logger: this.#options.logger,
    };
  }

  /** A loop ends only at shutdown; one that ends otherwise is a defect that must be seen. */
  #keep(name: string, loop: Promise<void>): void {
    this.#running.push(
      loop.catch(error => {
        this.#options.logger.error(`The part '${name}' ended`, error);
      }),
    );
  }
}
