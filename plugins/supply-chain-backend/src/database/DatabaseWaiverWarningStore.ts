import { Waiver } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { WaiverWarning, WaiverWarningStore } from '../stores/WaiverStore';
import { queueWaiverAlerts } from './operations/alerts/queueWaiverAlerts';
import { listConcernedEntities } from './operations/waivers/listConcernedEntities';
import { listWaiversInForce } from './operations/waivers/listWaiversInForce';
import { recordWarning } from './operations/waivers/recordWarning';

/** Warnings of ends in the database. */
export class DatabaseWaiverWarningStore implements WaiverWarningStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): DatabaseWaiverWarningStore {
    return new DatabaseWaiverWarningStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async endingBetween(options: { from: Date; until: Date }): Promise<Waiver[]> {
    const { from, until } = options;
    return listWaiversInForce({ knex: this.#knex, after: from, until });
  }

  async warn(options: {
    warnings: WaiverWarning[];
    now: Date;
  }): Promise<number> {
    const { warnings, now } = options;
    let given = 0;
    for (const warning of warnings) {
      given += (await this.#warnOnce(warning, now)) ? 1 : 0;
    }
    return given;
  }

  /** A warning to nobody is given too: who runs it later finds it on the page. */
  async #warnOnce(warning: WaiverWarning, now: Date): Promise<boolean> {
    return this.#knex.transaction(async transaction => {
      if (!(await recordWarning({ transaction, warning, now }))) {
        return false;
      }
      const { scope } = warning.waiver;
      const entityRefs = await listConcernedEntities({
        knex: transaction,
        scope,
      });
      await queueWaiverAlerts({ transaction, warning, entityRefs, now });
      return true;
    });
  }
}
