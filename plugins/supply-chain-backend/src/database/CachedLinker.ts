import {
  EntityLinker,
  NamespaceClaims,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { contentHash } from './contentHash';
import { readLinker } from './operations/entities/readLinker';
import { readSetting } from './operations/settings/setting';

/** The links of entities to pods, read again only when one of them changed, on whichever replica. */
export class CachedLinker {
  /** The operator's limits on what annotations may claim (L31). Absent: none. */
  readonly claims?: NamespaceClaims;
  #cached: { version: string; linker: EntityLinker } | undefined;

  constructor(options: { claims?: NamespaceClaims } = {}) {
    this.claims = options.claims;
  }

  /** The links that hold now. */
  async read(knex: Knex): Promise<EntityLinker> {
    const version = await this.version(knex);
    if (this.#cached?.version !== version) {
      const linker = await readLinker({ knex, claims: this.claims });
      this.#cached = { version, linker };
    }
    return this.#cached.linker;
  }

  /** Changes with every link and with the limits; empty when there never was a link. */
  async version(knex: Knex): Promise<string> {
    const links = (await readSetting(knex, 'linksVersion')) ?? '';
    return links && this.claims
      ? `${links}/${contentHash(this.claims)}`
      : links;
  }
}
