import { setMaxListeners } from 'node:events';
import {
  canonicalDigest,
  PolicySet,
} from 'backstage-plugin-supply-chain-common';
import { EvaluationPool } from 'backstage-plugin-supply-chain-node/evaluation';
import { CommandLineError } from '../commandLine/CommandLineError';
import { StateOf } from '../state';
import type { CollectorLogger } from '../verify/collecting';
import { ImageExaminer } from '../verify/ImageExaminer';
import { RememberingTuf } from '../verify/RememberingTuf';
import { resolveImage } from '../verify/resolveImage';
import { AdmissionClock } from './AdmissionClock';
import { AdmissionRegistry } from './AdmissionRegistry';
import { AdmissionConfig } from './config';
import { FeedFollower, fetchEnvelope } from './feed';
import { Examiner, ImageLooks } from './looks';
import { AdmissionMetrics } from './metrics';
import { AdmissionPolicies, ServingCertificate } from './watching';

/** Options of the webhook. */
export type AdmissionWebhookOptions = {
  config: AdmissionConfig;
  stateOf: StateOf;
  logger: CollectorLogger;
  now(): Date;
};

/** Everything the webhook is made of. */
export type AdmissionParts = {
  /** Ends the looks under way, and the reading of the feed. */
  ending: AbortController;
  clock: AdmissionClock;
  metrics: AdmissionMetrics;
  policies: AdmissionPolicies;
  registry: AdmissionRegistry;
  certificate: ServingCertificate;
  pool: EvaluationPool;
  looks: ImageLooks;
  /** Absent when none is configured. */
  feed?: FeedFollower;
};

/**
 * Makes them.
 *
 * @throws CommandLineError when the configuration names something that cannot be used.
 */
export async function createParts(
  options: AdmissionWebhookOptions,
): Promise<AdmissionParts> {
  const { config, logger, now } = options;
  const metrics = AdmissionMetrics.create();
  const count = (what: string) => (result: string) =>
    metrics.reloads.add({ what, result });
  const policies = await loadPolicies(options, count('policies'));
  const certificate = await ServingCertificate.read({
    files: config.tls,
    now,
    logger,
    onReload: count('certificate'),
  }).catch(refuse);
  const registry = await AdmissionRegistry.create({
    config,
    logger,
    onReload: count('credentials'),
  }).catch(refuse);
  const clock = createClock(options);
  const ending = new AbortController();
  setMaxListeners(0, ending.signal);
  const common = { ending, clock, policies, registry, metrics };
  const looks = createLooks(options, common);
  const { evaluationThreads: threads } = config.limits;
  const pool = EvaluationPool.create({ threads });
  try {
    const [feed] = await Promise.all([
      createFeed(options, common),
      warmUp(pool, { policySet: policies.current, now: now() }),
    ]);
    return { ...common, certificate, pool, looks, feed };
  } catch (error) {
    await pool.close();
    await registry.close();
    throw error;
  }
}

/** What the configuration names cannot be used: that is no error of the program. */
function refuse(error: unknown): never {
  throw error instanceof CommandLineError
    ? error
    : new CommandLineError('configuration', [(error as Error).message]);
}

/**
 * The first evaluation starts a thread, which takes longer than an admission may: nobody should wait for it. Meanwhile
 * the rest is read.
 */
async function warmUp(
  pool: EvaluationPool,
  { policySet, now }: { policySet: PolicySet; now: Date },
): Promise<void> {
  const { policies, trustRoots } = policySet;
  const image = {
    imageRef: '',
    digestSource: 'none' as const,
    started: true,
    containerType: 'app' as const,
  };
  const facts = { image, signatures: [], scans: [], vulnerabilityClocks: [] };
  await pool.evaluate({ policies, trustRoots, items: [{ facts, now }] });
}

async function loadPolicies(
  { config, logger, stateOf }: AdmissionWebhookOptions,
  onReload: (result: string) => void,
): Promise<AdmissionPolicies> {
  return AdmissionPolicies.load({
    files: config.policies,
    trustedRoots: RememberingTuf.create({
      state: await stateOf('tuf'),
      insecureRegistries: config.registries.hosts
        .filter(({ insecure }) => insecure)
        .map(({ host }) => host),
    }),
    stateDirectory: config.stateDirectory,
    monotonicMs: () => performance.now(),
    logger,
    onReload,
  });
}

function createClock({ now, logger }: AdmissionWebhookOptions): AdmissionClock {
  return AdmissionClock.create({
    now,
    onSuspect: jumpedMs =>
      logger.error(
        `clockSuspect: the clock jumped back by ${Math.round(
          jumpedMs / 1000,
        )} s; evaluation goes on at the latest instant it showed`,
      ),
  });
}

async function createFeed(
  { config, logger }: AdmissionWebhookOptions,
  {
    ending,
    clock,
    metrics,
  }: Pick<AdmissionParts, 'ending' | 'clock' | 'metrics'>,
): Promise<FeedFollower | undefined> {
  const { feed, cluster, stateDirectory } = config;
  return (
    feed &&
    FeedFollower.create({
      publicKeyFile: feed.publicKeyFile,
      cluster,
      fetch: since => fetchEnvelope(feed, { since, signal: ending.signal }),
      stateDirectory,
      now: () => clock.now(),
      monotonicMs: () => performance.now(),
      logger,
      onRead: result => metrics.feedReads.add({ result }),
    })
  );
}

function createLooks(
  { config, logger, stateOf }: AdmissionWebhookOptions,
  parts: Pick<
    AdmissionParts,
    'ending' | 'clock' | 'policies' | 'registry' | 'metrics'
  >,
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
