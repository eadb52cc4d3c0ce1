import { EntityLinker } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { readLinker } from './operations/entities/readLinker';
import { readSetting } from './operations/settings/setting';

/** The links of entities to pods, read again only when one of them changed, on whichever replica. */
export class CachedLinker {
  #cached: { version: string; linker: EntityLinker } | undefined;

  /** The links that hold now. */
  async read(knex: Knex): Promise<EntityLinker> {
    const version = (await readSetting(knex, 'linksVersion')) ?? '';
    if (this.#cached?.version !== version) {
      this.#cached = { version, linker: await readLinker(knex) };
    }
    return this.#cached.linker;
  }
}
