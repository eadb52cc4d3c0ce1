import { ReceivedHint } from 'backstage-plugin-supply-chain-node';
import { Knex } from 'knex';
import { HintedSource, HintStore } from '../stores/HintStore';
import { listHintedSources } from './operations/hints/listHintedSources';
import { groupBySource, putHints } from './operations/hints/putHints';
import { takeHints } from './operations/hints/takeHints';

/** Hints in the table `source_hints`. */
export class DatabaseHintStore implements HintStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): DatabaseHintStore {
    return new DatabaseHintStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async put(hints: ReceivedHint[]): Promise<void> {
    for (const group of groupBySource(hints)) {
      await putHints({ knex: this.#knex, ...group });
    }
  }

  async sources(): Promise<HintedSource[]> {
    return listHintedSources({ knex: this.#knex });
  }

  async take({ feed, source }: HintedSource): Promise<string[]> {
    return takeHints({ knex: this.#knex, feed, source });
  }
}
