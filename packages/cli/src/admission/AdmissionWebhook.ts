import { setMaxListeners } from 'node:events';
import { canonicalDigest } from 'backstage-plugin-supply-chain-common';
import { EvaluationPool } from 'backstage-plugin-supply-chain-node/evaluation';
import { StateOf } from '../state';
import type { CollectorLogger } from '../verify/collecting';
import { ImageExaminer } from '../verify/ImageExaminer';
import { RememberingTuf } from '../verify/RememberingTuf';
import { resolveImage } from '../verify/resolveImage';
import { AdmissionClock } from './AdmissionClock';
import { AdmissionRegistry } from './AdmissionRegistry';
import { AdmissionConfig } from './config';
import { NO_PORTAL, PortalKnowledge, WorkloadJudge } from './judging';
import { Examiner, ImageLooks } from './looks';
import { AdmissionMetrics } from './metrics';
import { ReviewAnswerer } from './ReviewAnswerer';
import { HealthServer, WebhookServer } from './server';
import { AdmissionPolicies, ServingCertificate } from './watching';

/** Time that requests under way get when the webhook ends. */
const STOP_GRACE_MS = 10_000;

/** Options of {@link AdmissionWebhook}. */
export type AdmissionWebhookOptions = {
  config: AdmissionConfig;
  stateOf: StateOf;
  logger: CollectorLogger;
  now(): Date;
};

type Parts = {
  /** Ends the looks under way. */
  ending: AbortController;
  clock: AdmissionClock;
  metrics: AdmissionMetrics;
  policies: AdmissionPolicies;
  registry: AdmissionRegistry;
  certificate: ServingCertificate;
  pool: EvaluationPool;
  looks: ImageLooks;
  portal: PortalKnowledge;
};

/** The webhook as a whole: everything that runs, and its end. */
export class AdmissionWebhook {
  readonly #parts: Parts;
  readonly #logger: CollectorLogger;
  readonly #reloading: NodeJS.Timeout;
  #webhook!: WebhookServer;
  #health!: HealthServer;
  #stopping = false;

  /**
   * Starts it. It listens once policies and certificate are loaded.
   *
   * @throws CommandLineError when they cannot be.
   */
  static async start(
    options: AdmissionWebhookOptions,
  ): Promise<AdmissionWebhook> {
    const started = new AdmissionWebhook(options, await createParts(options));
    try {
      await started.#warmUp(options.now());
      await started.#listen(options);
    } catch (error) {
      await started.stop();
      throw error;
    }
    return started;
  }

  private constructor(options: AdmissionWebhookOptions, parts: Parts) {
    this.#parts = parts;
    this.#logger = options.logger;
    this.#reloading = setInterval(
      () => this.reload(),
      options.config.reloadSeconds * 1000,
    );
  }

  /** The ports it listens on. */
  get ports(): { webhook: number; health: number } {
    return { webhook: this.#webhook.port, health: this.#health.port };
  }

  /** Compares all files with what was read of them. It runs by itself; nothing is thrown. */
  async reload(): Promise<void> {
    const { policies, registry, certificate } = this.#parts;
    try {
      await policies.reload();
      await registry.reload();
      if (await certificate.reload()) {
        this.#webhook.useCertificate(certificate.material);
      }
      certificate.warnOfExpiry();
    } catch (error) {
      this.#logger.error(
        `files cannot be compared: ${(error as Error).message}`,
      );
    }
  }

  /** Ends it; requests under way are answered first. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearInterval(this.#reloading);
    await this.#webhook?.stop(STOP_GRACE_MS);
    await this.#health?.stop();
    this.#parts.ending.abort();
    await this.#parts.pool.close();
    await this.#parts.registry.close();
  }

  /** The first evaluation starts a thread, which takes longer than an admission may: nobody should wait for it. */
  async #warmUp(now: Date): Promise<void> {
    const { pool, policies } = this.#parts;
    const { trustRoots, policies: all } = policies.current;
    const image = {
      imageRef: '',
      digestSource: 'none' as const,
      started: true,
      containerType: 'app' as const,
    };
    const facts = { image, signatures: [], scans: [], vulnerabilityClocks: [] };
    await pool.evaluate({
      policies: all,
      trustRoots,
      items: [{ facts, now }],
    });
  }

  async #listen({
    config,
    logger,
    now,
  }: AdmissionWebhookOptions): Promise<void> {
    const { metrics, certificate, clock, looks } = this.#parts;
    const notReady = () => (this.#stopping ? ['it is ending'] : []);
    metrics.observe({
      certificateDaysLeft: () => certificate.daysLeft,
      looks: () => looks.load,
      clockSuspect: () => clock.suspect,
      feedAgeSeconds: () => undefined,
      feedSequence: () => undefined,
      ready: () => notReady().length === 0,
    });
    const judge = createJudge(config, this.#parts);
    const { deadlines, limits, mutate } = config;
    const answerer = ReviewAnswerer.create({
      judge,
      deadlines,
      metrics,
      logger,
    });
    this.#webhook = await WebhookServer.start({
      listen: config.listen,
      certificate: certificate.material,
      bodyMaxBytes: limits.bodyBytes,
      requestsMax: limits.requests,
      endpoints: mutate ? ['validate', 'mutate'] : ['validate'],
      answer: (body, about) => answerer.answer(body, about),
      onRefusal: (endpoint, reason) =>
        metrics.reviews.add({ endpoint, decision: 'deny', reason }),
    });
    this.#health = await HealthServer.start({
      listen: config.health,
      notReady,
      metrics: () => metrics.render(),
    });
    logger.info(
      `listening on port ${this.#webhook.port}, health on port ${
        this.#health.port
      }, at ${now().toISOString()}`,
    );
  }
}

async function createParts(options: AdmissionWebhookOptions): Promise<Parts> {
  const { config, logger, stateOf, now } = options;
  const metrics = AdmissionMetrics.create();
  const monotonicMs = () => performance.now();
  const policies = await AdmissionPolicies.load({
    files: config.policies,
    trustedRoots: RememberingTuf.create({
      state: await stateOf('tuf'),
      insecureRegistries: config.registries.hosts
        .filter(({ insecure }) => insecure)
        .map(({ host }) => host),
    }),
    stateDirectory: config.stateDirectory,
    monotonicMs,
    logger,
    onReload: result => metrics.reloads.add({ what: 'policies', result }),
  });
  const certificate = await ServingCertificate.read({
    files: config.tls,
    now,
    logger,
    onReload: result => metrics.reloads.add({ what: 'certificate', result }),
  });
  const registry = await AdmissionRegistry.create({
    config,
    logger,
    onReload: result => metrics.reloads.add({ what: 'credentials', result }),
  });
  const clock = AdmissionClock.create({
    now,
    onSuspect: jumpedMs =>
      logger.error(
        `clockSuspect: the clock jumped back by ${Math.round(
          jumpedMs / 1000,
        )} s; evaluation goes on at the latest instant it showed`,
      ),
  });
  const ending = new AbortController();
  setMaxListeners(0, ending.signal);
  const common = { ending, clock, policies, registry, metrics };
  const looks = createLooks(options, common);
  const { evaluationThreads: threads } = config.limits;
  const pool = EvaluationPool.create({ threads });
  const portal = NO_PORTAL;
  return { ...common, certificate, pool, looks, portal };
}

function createLooks(
  { config, logger, stateOf }: AdmissionWebhookOptions,
  parts: Pick<Parts, 'ending' | 'clock' | 'policies' | 'registry' | 'metrics'>,
): ImageLooks {
  const { ending, clock, policies, registry, metrics } = parts;
  const { limits, deadlines, rememberSeconds } = config;
  const createExaminer = (): Examiner => {
    const signal = AbortSignal.any([
      ending.signal,
      AbortSignal.timeout(deadlines.lookMs),
    ]);
    // Every request under way listens to it; Node would take that for a leak and say so.
    setMaxListeners(0, signal);
    const { client } = registry;
    const examiner = ImageExaminer.create({
      registry: client,
      trustRoots: policies.current.trustRoots,
      now: clock.now(),
      signal,
      logger,
      stateOf,
    });
    return {
      resolve: image => resolveImage(image, { registry: client, signal }),
      examine: image => examiner.examineResolved(image),
      notExamined: (image, why) => examiner.notExamined(image, why),
    };
  };
  return ImageLooks.create({
    createExaminer,
    trustDigest: () => trustDigestOf(policies),
    monotonicMs: () => performance.now(),
    limits: {
      running: limits.looks,
      waiting: limits.waitingLooks,
      remembered: limits.images,
    },
    rememberMs: rememberSeconds * 1000,
    onLook: ({ from }) => metrics.looks.add({ from }),
  });
}

const trustDigests = new WeakMap<object, string>();

/** The trust roots alone: a policy that changes around them changes nothing about what was verified. */
function trustDigestOf({ current }: AdmissionPolicies): string {
  const known = trustDigests.get(current);
  if (known !== undefined) {
    return known;
  }
  const digest = canonicalDigest(
    current.trustRoots.map(({ name, digest: each }) => [name, each]),
  );
  trustDigests.set(current, digest);
  return digest;
}

function createJudge(config: AdmissionConfig, parts: Parts): WorkloadJudge {
  const { looks, pool, policies, portal, clock } = parts;
  return WorkloadJudge.create({
    looks,
    pool,
    policySet: () => policies.current,
    portal,
    now: () => clock.now(),
    cluster: config.cluster,
    platforms: config.platforms,
    evaluationsMax: config.limits.images,
  });
}
