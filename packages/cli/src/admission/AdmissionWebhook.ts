import { CommandLineError } from '../commandLine/CommandLineError';
import type { CollectorLogger } from '../verify/collecting';
import { NO_PORTAL, WorkloadJudge } from './judging';
import {
  AdmissionParts,
  AdmissionWebhookOptions,
  createParts,
} from './admissionParts';
import { AdmissionConfig } from './config';
import { ReviewAnswerer } from './ReviewAnswerer';
import { HealthServer, WebhookServer } from './server';

/** Time that requests under way get when the webhook ends. */
const STOP_GRACE_MS = 10_000;

/** The webhook as a whole: everything that runs, and its end. */
export class AdmissionWebhook {
  readonly #parts: AdmissionParts;
  readonly #logger: CollectorLogger;
  readonly #timers: NodeJS.Timeout[];
  #polling: Promise<void> | undefined;
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
      await started.#listen(options);
      // Not waited for: what it tells is unavailable until it is read, and readiness says so.
      started.readFeed();
    } catch (error) {
      await started.stop();
      // A port that is taken, an address that is not ours.
      throw new CommandLineError('configuration', [(error as Error).message]);
    }
    return started;
  }

  private constructor(options: AdmissionWebhookOptions, parts: AdmissionParts) {
    this.#parts = parts;
    this.#logger = options.logger;
    const { reloadSeconds, feed } = options.config;
    const every = (seconds: number, task: () => Promise<void>) =>
      setInterval(task, seconds * 1000);
    this.#timers = [
      every(reloadSeconds, () => this.reload()),
      ...(feed ? [every(feed.intervalSeconds, () => this.readFeed())] : []),
    ];
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

  /** Reads what is new of the feed; one read at a time. It runs by itself; nothing is thrown. */
  async readFeed(): Promise<void> {
    this.#polling ??= this.#parts.feed?.poll().finally(() => {
      this.#polling = undefined;
    });
    await this.#polling;
  }

  /** Ends it; requests under way are answered first. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#timers.forEach(clearInterval);
    await this.#webhook?.stop(STOP_GRACE_MS);
    await this.#health?.stop();
    this.#parts.ending.abort();
    await this.#parts.pool.close();
    await this.#parts.registry.close();
  }

  #notReady(): string[] {
    const { feed } = this.#parts;
    return [
      ...(this.#stopping ? ['it is ending'] : []),
      ...(feed && !feed.isRead ? ['the feed was never read'] : []),
    ];
  }

  async #listen({
    config,
    logger,
    now,
  }: AdmissionWebhookOptions): Promise<void> {
    const { metrics, certificate, clock, looks, feed } = this.#parts;
    const notReady = () => this.#notReady();
    metrics.observe({
      certificateDaysLeft: () => certificate.daysLeft,
      looks: () => looks.load,
      clockSuspect: () => clock.suspect,
      feedAgeSeconds: () =>
        feed?.issuedAt === undefined
          ? undefined
          : (now().getTime() - Date.parse(feed.issuedAt)) / 1000,
      feedSequence: () => feed?.sequence,
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

function createJudge(
  config: AdmissionConfig,
  parts: AdmissionParts,
): WorkloadJudge {
  const { looks, pool, policies, feed, clock } = parts;
  return WorkloadJudge.create({
    looks,
    pool,
    policySet: () => policies.current,
    portal: feed ?? NO_PORTAL,
    now: () => clock.now(),
    cluster: config.cluster,
    platforms: config.platforms,
    evaluationsMax: config.limits.images,
  });
}
