import { Knex } from 'knex';
import { Problem } from '../../../derivations/problemsOf';
import { databaseTime } from '../../databaseTime';
import { AlertRow } from '../../tables';

/** Options of {@link queueAlerts}. */
export type QueueAlertsOptions = {
  transaction: Knex.Transaction;
  entityRef: string;
  news: Problem[];
  now: Date;
};

/** Queues notifications in the transaction that makes them due; one per entity and rule is open at a time. */
export async function queueAlerts(options: QueueAlertsOptions): Promise<void> {
  const { transaction, entityRef, news, now } = options;
  for (const problem of news) {
    await transaction<AlertRow>('alerts')
      .insert({
        scope: `supply-chain:${entityRef}:${problem.ruleId}`,
        entity_ref: entityRef,
        content: JSON.stringify(problem),
        created_at: now.toISOString(),
        next_attempt_at: databaseTime(transaction) as never,
        attempts: 0,
      })
      .onConflict('scope')
      .merge();
  }
}
