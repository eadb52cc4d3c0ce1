import { Knex } from 'knex';
import {
  EndedTask,
  JudgedTask,
  LoadedTasks,
  SavedVerdicts,
  VerdictStore,
  VerdictTask,
} from '../stores/VerdictStore';
import { readSetting } from './operations/settings/setting';
import { settleEntities } from './operations/summaries/settleEntities';
import { loadVerdictInputs } from './operations/verdicts/loadVerdictInputs';
import { releaseVerdictWork } from './operations/verdicts/releaseVerdictWork';
import { requestAllVerdicts } from './operations/verdicts/requestAllVerdicts';
import { saveVerdicts } from './operations/verdicts/saveVerdicts';
import { takeVerdictWork } from './operations/verdicts/takeVerdictWork';

/** Verdicts, summaries and the queue of evaluations in the database. */
export class DatabaseVerdictStore implements VerdictStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): DatabaseVerdictStore {
    return new DatabaseVerdictStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async take(options: {
    limit: number;
    leaseMs: number;
  }): Promise<VerdictTask[]> {
    return takeVerdictWork({ knex: this.#knex, ...options });
  }

  async load(tasks: VerdictTask[]): Promise<LoadedTasks> {
    return loadVerdictInputs({ knex: this.#knex, tasks });
  }

  async save(options: {
    judged: JudgedTask[];
    ended: EndedTask[];
    now: Date;
  }): Promise<SavedVerdicts> {
    return saveVerdicts({ knex: this.#knex, ...options });
  }

  async release(options: {
    tasks: VerdictTask[];
    afterMs: number;
  }): Promise<void> {
    await releaseVerdictWork({ knex: this.#knex, ...options });
  }

  async settle(now: Date): Promise<void> {
    await settleEntities({ knex: this.#knex, now });
  }

  async requestAll(): Promise<void> {
    await requestAllVerdicts({ knex: this.#knex });
  }

  async lastEvaluatedAt(): Promise<string | undefined> {
    return readSetting(this.#knex, 'lastEvaluatedAt');
  }
}
