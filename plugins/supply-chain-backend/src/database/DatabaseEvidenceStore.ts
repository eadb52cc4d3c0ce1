import { ImageSubject, subjectKey } from 'backstage-plugin-supply-chain-common';
import { CollectorState } from 'backstage-plugin-supply-chain-node';
import { Knex } from 'knex';
import {
  EvidenceStore,
  LookResult,
  LookTask,
  StoredEvidence,
} from '../stores/EvidenceStore';
import { applyLook } from './operations/evidence/applyLook';
import { imageSubjectOf } from './operations/evidence/evidenceRow';
import { readEvidence } from './operations/evidence/readEvidence';
import { extendWork } from './operations/work/extendWork';
import { readRegistryUses } from './operations/work/readRegistryUses';
import { releaseWork } from './operations/work/releaseWork';
import { requestAllLooks } from './operations/work/requestAllLooks';
import { takeWork } from './operations/work/takeWork';
import { CollectorStateRow } from './tables';

/** Evidence, and the queue of looks, in the database. */
export class DatabaseEvidenceStore implements EvidenceStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): DatabaseEvidenceStore {
    return new DatabaseEvidenceStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async take(options: { limit: number; leaseMs: number }): Promise<LookTask[]> {
    const taken = await takeWork({ knex: this.#knex, ...options });
    const uses = await readRegistryUses({
      knex: this.#knex,
      subjectKeys: taken.map(row => row.subject_key),
    });
    return taken.map(row => ({
      subject: imageSubjectOf(row.subject_key),
      imageRefs: JSON.parse(row.subject.image_refs),
      use: uses.get(row.subject_key) ?? { places: [] },
      attempts: row.attempts,
      fresh: Boolean(row.fresh),
      ticket: row.ticket,
      lease: row.lease,
    }));
  }

  async extend(options: { leases: string[]; leaseMs: number }): Promise<void> {
    await extendWork({ knex: this.#knex, ...options });
  }

  async read(subject: ImageSubject): Promise<StoredEvidence[]> {
    const key = subjectKey(subject);
    const found = await readEvidence({ knex: this.#knex, subjectKeys: [key] });
    return found.get(key) ?? [];
  }

  async complete(result: LookResult): Promise<boolean> {
    return applyLook({ knex: this.#knex, result });
  }

  async release(options: { task: LookTask; afterMs: number }): Promise<void> {
    const { task, afterMs } = options;
    await releaseWork({ knex: this.#knex, lease: task.lease, afterMs });
  }

  async requestAll(): Promise<void> {
    await requestAllLooks({ knex: this.#knex });
  }

  stateOf(collector: string): CollectorState {
    const knex = this.#knex;
    return {
      async get(key) {
        const row = await knex<CollectorStateRow>('collector_state')
          .where({ collector, key })
          .first();
        return row?.value;
      },
      async set(key, value) {
        await knex<CollectorStateRow>('collector_state')
          .insert({ collector, key, value })
          .onConflict(['collector', 'key'])
          .merge();
      },
    };
  }
}
