import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import { Alert, AlertStore } from '../stores/AlertStore';
import { databaseTime, isPostgres } from './databaseTime';
import { AlertRow, EntityRow } from './tables';

/** Notifications to be sent, in the table `alerts`. */
export class DatabaseAlertStore implements AlertStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): DatabaseAlertStore {
    return new DatabaseAlertStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async take(options: { limit: number; leaseMs: number }): Promise<Alert[]> {
    return this.#knex.transaction(async transaction => {
      const rows: AlertRow[] = await transaction<AlertRow>('alerts')
        .where('next_attempt_at', '<=', databaseTime(transaction))
        .where(query =>
          query
            .whereNull('lease_expires_at')
            .orWhere('lease_expires_at', '<', databaseTime(transaction)),
        )
        .orderBy('created_at')
        .limit(options.limit)
        .modify(query => {
          if (isPostgres(transaction)) {
            query.forUpdate().skipLocked();
          }
        });
      const lease = randomUUID();
      await transaction<AlertRow>('alerts')
        .whereIn(
          'scope',
          rows.map(row => row.scope),
        )
        .update({
          lease_holder: lease,
          lease_expires_at: databaseTime(transaction, options.leaseMs) as never,
        });
      const titles = await titlesOf(transaction, rows);
      return rows.map(row => ({
        scope: row.scope,
        entityRef: row.entity_ref,
        ...titles.get(row.entity_ref),
        news: JSON.parse(row.content),
        attempts: row.attempts,
        lease,
      }));
    });
  }

  async complete(alert: Alert): Promise<void> {
    await this.#knex<AlertRow>('alerts')
      .where({
        scope: alert.scope,
        lease_holder: alert.lease,
        content: JSON.stringify(alert.news),
      })
      .delete();
    await this.#knex<AlertRow>('alerts')
      .where({ scope: alert.scope, lease_holder: alert.lease })
      .update({ lease_holder: null, lease_expires_at: null });
  }

  async release(options: { alert: Alert; afterMs: number }): Promise<void> {
    const { alert, afterMs } = options;
    await this.#knex<AlertRow>('alerts')
      .where({ scope: alert.scope, lease_holder: alert.lease })
      .update({
        lease_holder: null,
        lease_expires_at: null,
        attempts: alert.attempts + 1,
        next_attempt_at: databaseTime(this.#knex, afterMs) as never,
      });
  }
}

async function titlesOf(
  knex: Knex,
  rows: AlertRow[],
): Promise<Map<string, { title: string }>> {
  const entities = await knex<EntityRow>('entities')
    .whereIn(
      'ref',
      rows.map(row => row.entity_ref),
    )
    .whereNotNull('title')
    .select('ref', 'title');
  return new Map(entities.map(each => [each.ref, { title: each.title! }]));
}
