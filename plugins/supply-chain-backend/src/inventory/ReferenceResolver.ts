import { LoggerService } from '@backstage/backend-plugin-api';
import { jittered } from '../loops/pause';
import { WakeSignal } from '../loops/WakeSignal';
import { ReferenceStore, ReferenceTask } from '../stores/ReferenceStore';
import { AnnotatedImageRules } from './AnnotatedImageRules';
import { resolveReference, TagRegistry } from './resolveReference';

/** A task of a replica that was killed is taken by another after this long. */
const TASK_LEASE_MS = 90_000;

/** One reference has this long; less than the lease, which is not extended. */
const TASK_TIMEOUT_MS = 60_000;

/** Due tasks are looked for this often when nobody wakes the resolver. */
const POLL_INTERVAL_MS = 5_000;

/** What runs decides what may be read (L30), and is looked at this often. */
const RELINK_INTERVAL_MS = 60_000;

/** A task the resolver itself failed at is tried again after this long. */
const FAILURE_PAUSE_MS = 30_000;

const BATCH_SIZE = 8;

/** Options of {@link ReferenceResolver}. */
export type ReferenceResolverOptions = {
  store: ReferenceStore;
  registry: TagRegistry;
  rules: AnnotatedImageRules;
  logger: Pick<LoggerService, 'warn' | 'error' | 'debug'>;
  /** Called after a reference came to another digest, or to none. */
  onChanged: () => void;
  now: () => Date;
  random?: () => number;
  /** After this long a tag is resolved again. */
  intervalMs: number;
  pollIntervalMs?: number;
};

/**
 * Finds out which digests the references stand for that annotations name. Several replicas share the queue; a task
 * belongs to one at a time.
 */
export class ReferenceResolver {
  readonly #options: ReferenceResolverOptions;
  readonly #wake = new WakeSignal();
  #relinkedAtMs = Number.NEGATIVE_INFINITY;

  static create(options: ReferenceResolverOptions): ReferenceResolver {
    return new ReferenceResolver(options);
  }

  private constructor(options: ReferenceResolverOptions) {
    this.#options = options;
  }

  /** Looks for due tasks at once. */
  wake(): void {
    this.#wake.wake();
  }

  /** Works until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const interval = this.#options.pollIntervalMs ?? POLL_INTERVAL_MS;
    while (!signal.aborted) {
      if ((await this.resolveDue(signal)) === 0) {
        await this.#wake.wait(jittered(interval, 0.2), signal);
      }
    }
  }

  /** Resolves what is due and says how many were taken. */
  async resolveDue(signal: AbortSignal): Promise<number> {
    const { store, logger } = this.#options;
    try {
      await this.#requestChanged();
      const tasks = await store.take({
        limit: BATCH_SIZE,
        leaseMs: TASK_LEASE_MS,
      });
      await Promise.all(tasks.map(task => this.#resolve(task, signal)));
      return tasks.length;
    } catch (error) {
      logger.warn(`References of annotations cannot be read: ${error}`);
      return 0;
    }
  }

  async #requestChanged(): Promise<void> {
    const { store, rules, now } = this.#options;
    const instant = now().getTime();
    if (Math.abs(instant - this.#relinkedAtMs) >= RELINK_INTERVAL_MS) {
      await store.requestWhenDifferent(rules.digest);
      await store.requestRelinked();
      this.#relinkedAtMs = instant;
    }
  }

  async #resolve(task: ReferenceTask, signal: AbortSignal): Promise<void> {
    const { store, logger, onChanged, now } = this.#options;
    const deadline = AbortSignal.timeout(TASK_TIMEOUT_MS);
    try {
      const result = await resolveReference({
        ...this.#options,
        task,
        signal: AbortSignal.any([signal, deadline]),
        now: now(),
        random: this.#options.random ?? Math.random,
      });
      if (signal.aborted) {
        await this.#giveBack(task, 0);
      } else if (await store.complete(result)) {
        onChanged();
      }
    } catch (error) {
      logger.error(`Resolving "${task.imageRef}" failed`, error as Error);
      await this.#giveBack(task, FAILURE_PAUSE_MS);
    }
  }

  async #giveBack(task: ReferenceTask, afterMs: number): Promise<void> {
    try {
      await this.#options.store.release({ task, afterMs });
    } catch (error) {
      // Its lease expires by itself.
      this.#options.logger.debug(`A reference was not given back: ${error}`);
    }
  }
}
