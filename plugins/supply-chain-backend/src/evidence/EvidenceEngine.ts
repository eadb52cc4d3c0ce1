import { LoggerService } from '@backstage/backend-plugin-api';
import { PolicySet } from 'backstage-plugin-supply-chain-common';
import { EvidenceCollector } from 'backstage-plugin-supply-chain-node';
import { SourceHealthStore } from '../stores/SourceStore';
import { jittered, pause } from '../loops/pause';
import { WakeSignal } from '../loops/WakeSignal';
import { EvidenceStore, LookTask } from '../stores/EvidenceStore';
import { lookAt } from './lookAt';
import { LookTracker } from './LookTracker';
import { RegistryHealth } from './RegistryHealth';

/** A task of a replica that was killed is taken by another after this long. */
const TASK_LEASE_MS = 60_000;

/** Due tasks are looked for this often when nobody wakes the engine. */
const POLL_INTERVAL_MS = 2_000;

/** A task the engine itself failed at is tried again after this long. */
const ENGINE_FAILURE_PAUSE_MS = 30_000;

/** Options of {@link EvidenceEngine}. */
export type EvidenceEngineOptions = {
  store: EvidenceStore;
  health: SourceHealthStore;
  /** Registry facts come first: other collectors build on them. */
  originCollector: EvidenceCollector;
  collectors: EvidenceCollector[];
  /** Waits until policies have been read for the first time. */
  policySet: () => Promise<Pick<PolicySet, 'trustRoots'>>;
  logger: LoggerService;
  tracker?: LookTracker;
  /** Called after evidence changed. */
  onChanged: () => void;
  now: () => Date;
  random?: () => number;
  /** Looks at once on one replica. @defaultValue 8 */
  concurrency?: number;
  intervalMs?: number;
  leaseMs?: number;
  pollIntervalMs?: number;
};

/**
 * Pulls subjects from the queue and looks at them. Several replicas share the queue; a task belongs to one at a time,
 * by a lease that expires when its replica is gone.
 */
export class EvidenceEngine {
  readonly #options: EvidenceEngineOptions;
  readonly #wake = new WakeSignal();
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #registries = new RegistryHealth();

  static create(options: EvidenceEngineOptions): EvidenceEngine {
    return new EvidenceEngine(options);
  }

  private constructor(options: EvidenceEngineOptions) {
    this.#options = options;
  }

  /** Looks for due tasks at once. */
  wake(): void {
    this.#wake.wake();
  }

  /** Works until the signal aborts; resolves when nothing is under way any more. */
  async run(signal: AbortSignal): Promise<void> {
    const heartbeat = this.#keepLeases(signal);
    while (!signal.aborted) {
      const taken = await this.#takeMore(signal);
      if (taken === 0) {
        const interval = this.#options.pollIntervalMs ?? POLL_INTERVAL_MS;
        await this.#wake.wait(jittered(interval, 0.2), signal);
      }
    }
    await Promise.all(this.#underWay.values());
    await heartbeat;
  }

  async #takeMore(signal: AbortSignal): Promise<number> {
    const {
      store,
      logger,
      concurrency = 8,
      leaseMs = TASK_LEASE_MS,
    } = this.#options;
    const limit = concurrency - this.#underWay.size;
    if (limit <= 0) {
      await Promise.race(this.#underWay.values());
      return 1;
    }
    try {
      const tasks = await store.take({ limit, leaseMs });
      tasks.forEach(task => this.#start(task, signal));
      return tasks.length;
    } catch (error) {
      logger.warn(`The queue of looks cannot be read: ${error}`);
      return 0;
    }
  }

  #start(task: LookTask, signal: AbortSignal): void {
    const work = this.#look(task, signal).finally(() => {
      this.#underWay.delete(task.lease);
      this.#wake.wake();
    });
    this.#underWay.set(task.lease, work);
  }

  async #look(task: LookTask, signal: AbortSignal): Promise<void> {
    const { store, logger, onChanged, health, tracker } = this.#options;
    const ended = tracker?.lookStarted();
    try {
      const { result, failure } = await lookAt({
        ...this.#options,
        task,
        signal,
        random: this.#options.random ?? Math.random,
      });
      const stored = await store.complete(result);
      if (stored && result.written.some(each => each.changed)) {
        onChanged();
      }
      const nextTryAt = new Date(result.now.getTime() + result.nextLookMs);
      await health.report(
        'evidence',
        this.#registries.note({ subject: task.subject, failure, nextTryAt }),
      );
      ended?.(
        failure
          ? { outcome: 'failed', reason: failure }
          : { outcome: 'complete' },
      );
    } catch (error) {
      if (!signal.aborted) {
        ended?.({ outcome: 'error' });
        logger.error(
          `Looking at ${task.subject.repository}@${task.subject.digest} failed`,
          error as Error,
        );
      }
      await this.#giveBack(task, signal.aborted ? 0 : ENGINE_FAILURE_PAUSE_MS);
    }
  }

  async #giveBack(task: LookTask, afterMs: number): Promise<void> {
    try {
      await this.#options.store.release({ task, afterMs });
    } catch (error) {
      // Its lease expires by itself.
      this.#options.logger.debug(`A task was not given back: ${error}`);
    }
  }

  async #keepLeases(signal: AbortSignal): Promise<void> {
    const { store, logger, leaseMs = TASK_LEASE_MS } = this.#options;
    await pause(leaseMs / 4, signal);
    while (!signal.aborted) {
      try {
        const leases = [...this.#underWay.keys()];
        if (leases.length > 0) {
          await store.extend({ leases, leaseMs });
        }
      } catch (error) {
        logger.warn(`Leases of tasks cannot be extended: ${error}`);
      }
      await pause(leaseMs / 4, signal);
    }
  }
}
