import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { forgetOld } from '../database/operations/retention/forgetOld';
import { EngineConfig } from './readEngineConfig';

/** Options of {@link scheduleTasks}. */
export type ScheduleTasksOptions = {
  knex: Knex;
  config: EngineConfig;
  scheduler: SchedulerService;
  logger: LoggerService;
  sinks: { dropOtherSources(): Promise<void> }[];
  readCatalog: () => Promise<void>;
  /** Warns of waivers that end. */
  watchWaivers: () => Promise<void>;
  signal: AbortSignal;
  now: () => Date;
};

/** Tasks that reconcile and retain; nothing waits for them. */
export async function scheduleTasks(
  options: ScheduleTasksOptions,
): Promise<void> {
  const { scheduler, sinks, readCatalog, watchWaivers, signal } = options;
  await scheduler.scheduleTask({
    id: 'supply-chain-read-catalog',
    frequency: { minutes: 5 },
    timeout: { minutes: 5 },
    initialDelay: { seconds: 1 },
    scope: 'global',
    signal,
    fn: readCatalog,
  });
  await scheduler.scheduleTask({
    id: 'supply-chain-drop-sources',
    frequency: { minutes: 1 },
    timeout: { minutes: 5 },
    initialDelay: { minutes: 1 },
    // Each replica knows the sources of its own configuration.
    scope: 'local',
    signal,
    fn: async () => {
      for (const sink of sinks) {
        await sink.dropOtherSources();
      }
    },
  });
  await scheduler.scheduleTask({
    id: 'supply-chain-watch-waivers',
    frequency: { minutes: 5 },
    timeout: { minutes: 5 },
    // After the first policies and workloads are known: a warning is given once.
    initialDelay: { minutes: 2 },
    scope: 'global',
    signal,
    fn: watchWaivers,
  });
  await scheduler.scheduleTask({
    id: 'supply-chain-forget-old',
    frequency: { hours: 1 },
    timeout: { minutes: 30 },
    initialDelay: { minutes: 5 },
    scope: 'global',
    signal,
    fn: () => forgetOld(retentionOf(options)),
  });
}

function retentionOf({ knex, config, now }: ScheduleTasksOptions) {
  const before = (milliseconds: number) =>
    new Date(now().getTime() - milliseconds).toISOString();
  return {
    knex,
    now: now(),
    imagesBefore: before(config.keepImagesMs),
    historyBefore: before(config.keepHistoryMs),
  };
}
