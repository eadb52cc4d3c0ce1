import { PolicySet } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { PolicyStore, StoredPolicySource } from '../policies/PolicyStore';
import { putPoliciesInForce } from './operations/policies/putPoliciesInForce';
import { readPolicyDocuments } from './operations/policies/readPolicyDocuments';
import { writePolicyDocuments } from './operations/policies/writePolicyDocuments';

/** The last good bytes of policy sources in the database (L28). */
export class DatabasePolicyStore implements PolicyStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): DatabasePolicyStore {
    return new DatabasePolicyStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async read(): Promise<StoredPolicySource[]> {
    return readPolicyDocuments({ knex: this.#knex });
  }

  async write(sources: StoredPolicySource[]): Promise<void> {
    await writePolicyDocuments({ knex: this.#knex, sources });
  }

  async putInForce(policySet: PolicySet): Promise<{ changed: boolean }> {
    return putPoliciesInForce({ knex: this.#knex, policySet });
  }
}
