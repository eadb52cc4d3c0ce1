import { Finding, Waiver } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import {
  FindingPlace,
  StoredWaiver,
  WaiverChange,
  WaiverEvent,
  WaiverStore,
} from '../stores/WaiverStore';
import { addWaiver } from './operations/waivers/addWaiver';
import { changeWaiver } from './operations/waivers/changeWaiver';
import { listWaiversInForce } from './operations/waivers/listWaiversInForce';
import { readFindings } from './operations/waivers/readFindings';
import { readWaiver } from './operations/waivers/readWaiver';

/** Waivers of the page in the database. */
export class DatabaseWaiverStore implements WaiverStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): DatabaseWaiverStore {
    return new DatabaseWaiverStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async read(id: string): Promise<StoredWaiver | undefined> {
    return readWaiver({ knex: this.#knex, id });
  }

  async findings(place: FindingPlace): Promise<Finding[]> {
    return readFindings({ knex: this.#knex, ...place });
  }

  async add(waiver: StoredWaiver, event: WaiverEvent): Promise<boolean> {
    return addWaiver({ knex: this.#knex, waiver, event });
  }

  async change(options: {
    waiver: StoredWaiver;
    change: WaiverChange;
    event: WaiverEvent;
  }): Promise<boolean> {
    return changeWaiver({ knex: this.#knex, ...options });
  }

  async inForce(now: Date): Promise<Waiver[]> {
    return listWaiversInForce({ knex: this.#knex, after: now });
  }
}
