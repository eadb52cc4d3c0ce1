import { Knex } from 'knex';
import {
  ReferenceStore,
  ReferenceTask,
  ResolvedReference,
} from '../stores/ReferenceStore';
import { completeReference } from './operations/references/completeReference';
import { releaseReference } from './operations/references/releaseReference';
import {
  requestReferences,
  requestRelinkedReferences,
} from './operations/references/requestReferences';
import { takeReferences } from './operations/references/takeReferences';
import { readSetting, writeSetting } from './operations/settings/setting';

/** References that annotations name, and the queue of resolving them, in the database. */
export class DatabaseReferenceStore implements ReferenceStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): DatabaseReferenceStore {
    return new DatabaseReferenceStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async take(options: {
    limit: number;
    leaseMs: number;
  }): Promise<ReferenceTask[]> {
    return takeReferences({ knex: this.#knex, ...options });
  }

  async complete(result: ResolvedReference): Promise<boolean> {
    return completeReference({ knex: this.#knex, result });
  }

  async release(options: {
    task: ReferenceTask;
    afterMs: number;
  }): Promise<void> {
    const { task, afterMs } = options;
    await releaseReference({ knex: this.#knex, ...task, afterMs });
  }

  async requestRelinked(): Promise<void> {
    await requestRelinkedReferences(this.#knex);
  }

  async requestWhenDifferent(rules: string): Promise<void> {
    const knex = this.#knex;
    const key = 'annotatedImageRules';
    if ((await readSetting(knex, key)) !== rules) {
      await requestReferences({ knex });
      await writeSetting({ knex, key, value: rules });
    }
  }
}
