import { LoggerService } from '@backstage/backend-plugin-api';
import {
  evaluationInstant,
  PolicySet,
} from 'backstage-plugin-supply-chain-common';
import { EvaluationPool } from 'backstage-plugin-supply-chain-node/evaluation';
import { SourceHealthStore } from '../stores/SourceStore';
import { WaiverStore } from '../stores/WaiverStore';
import { jittered } from '../loops/pause';
import { WakeSignal } from '../loops/WakeSignal';
import { judgeTasks } from './judgeTasks';
import { VerdictTracker } from './VerdictTracker';
import {
  JudgedTask,
  SavedVerdicts,
  VerdictStore,
  VerdictTask,
} from '../stores/VerdictStore';

/** Tasks of a replica that was killed are taken by another after this long. */
const TASK_LEASE_MS = 60_000;

/** Running images judged at once: they share one evaluation batch and one transaction. */
const BATCH_SIZE = 20;

/** Due tasks are looked for this often when nobody wakes the engine. */
const POLL_INTERVAL_MS = 2_000;

/** An image the engine itself failed at is tried again after this long. */
const ENGINE_FAILURE_PAUSE_MS = 15_000;

/** Options of {@link VerdictEngine}. */
export type VerdictEngineOptions = {
  store: VerdictStore;
  health: SourceHealthStore;
  pool: Pick<EvaluationPool, 'evaluate'>;
  /** Waits until policies have been read for the first time. */
  policySet: () => Promise<PolicySet>;
  /** Waivers of the page; those in version control are part of the policy set. */
  waivers: Pick<WaiverStore, 'inForce'>;
  logger: LoggerService;
  tracker?: VerdictTracker;
  /** Called after each save. */
  onSaved: (saved: SavedVerdicts) => Promise<void>;
  now: () => Date;
  pollIntervalMs?: number;
};

/** Judges running images whose facts, policies or clock changed. */
export class VerdictEngine {
  readonly #options: VerdictEngineOptions;
  readonly #wake = new WakeSignal();
  #suspect = false;

  static create(options: VerdictEngineOptions): VerdictEngine {
    return new VerdictEngine(options);
  }

  private constructor(options: VerdictEngineOptions) {
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
      const taken = await this.#runOnce(signal);
      if (taken === 0) {
        await this.#wake.wait(jittered(interval, 0.2), signal);
      }
    }
  }

  /** How many tasks were dealt with; none when there are none, or nothing can be done at present. */
  async #runOnce(signal: AbortSignal): Promise<number> {
    const { store, logger } = this.#options;
    try {
      const limit = BATCH_SIZE;
      const tasks = await store.take({ limit, leaseMs: TASK_LEASE_MS });
      if (tasks.length === 0) {
        await store.settle(this.#options.now());
        return 0;
      }
      return await this.#deal(tasks, signal);
    } catch (error) {
      logger.error('Verdicts could not be made', error as Error);
      return 0;
    }
  }

  async #deal(tasks: VerdictTask[], signal: AbortSignal): Promise<number> {
    const { store, logger } = this.#options;
    try {
      await this.#tracked(tasks);
      return tasks.length;
    } catch (error) {
      if (tasks.length > 1) {
        logger.warn(`Verdicts could not be made together: ${error}`);
        return this.#dealWithEach(tasks, signal);
      }
      const [{ runningImageId }] = tasks;
      logger.error(
        `Verdicts on '${runningImageId}' could not be made`,
        error as Error,
      );
      await store.release({ tasks, afterMs: ENGINE_FAILURE_PAUSE_MS });
      return 0;
    }
  }

  /** What a batch fails at may be one of its images: the others do not wait for it. */
  async #dealWithEach(
    tasks: VerdictTask[],
    signal: AbortSignal,
  ): Promise<number> {
    let dealt = 0;
    for (const task of tasks) {
      // The leases of those that are left expire by themselves.
      dealt += signal.aborted ? 0 : await this.#deal([task], signal);
    }
    return dealt;
  }

  async #tracked(tasks: VerdictTask[]): Promise<void> {
    const ended = this.#options.tracker?.batchStarted();
    try {
      const judged = await this.#judge(tasks);
      ended?.({ outcome: 'saved', judged });
    } catch (error) {
      ended?.({ outcome: 'error' });
      throw error;
    }
  }

  async #judge(tasks: VerdictTask[]): Promise<JudgedTask[]> {
    const { store, pool, waivers, onSaved } = this.#options;
    const loaded = await this.#options.policySet();
    const now = await this.#instant();
    const { running, ended } = await store.load(tasks);
    // After the tasks were taken: one that is decided from now on queues them again.
    const ofPage = await waivers.inForce(now);
    const policySet = { ...loaded, waivers: [...loaded.waivers, ...ofPage] };
    const judged = await judgeTasks({ inputs: running, policySet, pool, now });
    await onSaved(await store.save({ judged, ended, now }));
    return judged;
  }

  async #instant(): Promise<Date> {
    const { store, health, now: clock } = this.#options;
    const last = await store.lastEvaluatedAt();
    const { now, clockSuspect } = evaluationInstant(clock(), last);
    if (clockSuspect || this.#suspect) {
      await health.report('clock', {
        kind: 'catalog',
        name: 'clock',
        state: clockSuspect ? 'degraded' : 'ok',
        ...(clockSuspect && { reason: 'clockSuspect' as const }),
      });
    }
    this.#suspect = clockSuspect;
    return now;
  }
}
