import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import { CatalogStore } from '../catalog/CatalogStore';
import { CachedLinker } from './CachedLinker';
import { removeOtherEntities } from './operations/entities/removeOtherEntities';
import { syncReferences } from './operations/references/syncReferences';
import { upsertEntities } from './operations/entities/upsertEntities';
import { listImagesOfEntities } from './operations/runningImages/listImagesOfEntities';
import { removeForbiddenLinks } from './operations/runningImages/removeForbiddenLinks';
import { relinkRunningImages } from './operations/runningImages/relinkRunningImages';
import { readSetting, writeSetting } from './operations/settings/setting';
import { requestVerdicts } from './operations/verdicts/requestVerdicts';
import { EntityRow } from './tables';

/** Entities in the database. */
export class DatabaseCatalogStore implements CatalogStore {
  readonly #knex: Knex;
  readonly #linker: CachedLinker;

  static create(options: {
    knex: Knex;
    linker: CachedLinker;
  }): DatabaseCatalogStore {
    return new DatabaseCatalogStore(options);
  }

  private constructor(options: { knex: Knex; linker: CachedLinker }) {
    this.#knex = options.knex;
    this.#linker = options.linker;
  }

  async apply(options: {
    rows: EntityRow[];
    complete: boolean;
    now: Date;
  }): Promise<boolean> {
    const changed = await this.#knex.transaction(transaction =>
      this.#write({ ...options, transaction }),
    );
    await this.relink(options.now);
    return changed;
  }

  async relink(now: Date): Promise<void> {
    const knex = this.#knex;
    const wanted = await this.#linker.version(knex);
    if (wanted && wanted !== (await readSetting(knex, 'linkedVersion'))) {
      const { claims } = this.#linker;
      const linker = await this.#linker.read(knex);
      await relinkRunningImages({ knex, linker, now });
      if (claims) {
        await removeForbiddenLinks({ knex, claims, now });
      }
      await writeSetting({ knex, key: 'linkedVersion', value: wanted });
    }
  }

  async #write(options: {
    transaction: Knex.Transaction;
    rows: EntityRow[];
    complete: boolean;
    now: Date;
  }): Promise<boolean> {
    const { transaction, rows, complete, now } = options;
    const { changedRefs, linksChanged } = await upsertEntities({
      transaction,
      rows,
      claimsLimited: this.#linker.claims !== undefined,
    });
    const runningImageIds = await listImagesOfEntities({
      knex: transaction,
      entityRefs: changedRefs,
    });
    let removed = 0;
    if (complete) {
      const refs = new Set(rows.map(row => row.ref));
      const gone = await removeOtherEntities({ transaction, refs });
      removed = gone.removed;
      runningImageIds.push(...gone.runningImageIds);
    }
    const named = await syncReferences({ transaction, rows, complete, now });
    await requestVerdicts({ transaction, runningImageIds });
    if (linksChanged || removed > 0) {
      await writeSetting({
        knex: transaction,
        key: 'linksVersion',
        value: randomUUID(),
      });
    }
    return changedRefs.length > 0 || removed > 0 || named;
  }
}
