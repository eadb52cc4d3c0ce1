import { Knex } from 'knex';
import { WaiverNews } from '../../../stores/AlertStore';
import { WaiverWarning } from '../../../stores/WaiverStore';
import { databaseTime } from '../../databaseTime';
import { AlertRow } from '../../tables';

/** Options of {@link queueWaiverAlerts}. */
export type QueueWaiverAlertsOptions = {
  transaction: Knex.Transaction;
  warning: WaiverWarning;
  /** Those who run what it is about. */
  entityRefs: string[];
  now: Date;
};

/** Queues the warning of an end for each service; a newer one replaces one that was not sent yet. */
export async function queueWaiverAlerts(
  options: QueueWaiverAlertsOptions,
): Promise<void> {
  const { transaction, warning, entityRefs, now } = options;
  const { waiver, days } = warning;
  const { name, source, rule, scope, reason, requestedBy, expires } = waiver;
  const news: WaiverNews = {
    kind: 'waiver',
    name,
    source,
    rule,
    days,
    scope,
    reason,
    requestedBy,
    expires,
  };
  for (const entityRef of entityRefs) {
    await transaction<AlertRow>('alerts')
      .insert({
        scope: `supply-chain:waiver:${source}:${name}:${entityRef}`,
        entity_ref: entityRef,
        content: JSON.stringify(news),
        created_at: now.toISOString(),
        next_attempt_at: databaseTime(transaction) as never,
        attempts: 0,
      })
      .onConflict('scope')
      .merge();
  }
}
