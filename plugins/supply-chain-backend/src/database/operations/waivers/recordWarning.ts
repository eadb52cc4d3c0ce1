import { Knex } from 'knex';
import { WaiverWarning } from '../../../stores/WaiverStore';
import { WaiverWarningRow } from '../../tables';

/** Options of {@link recordWarning}. */
export type RecordWarningOptions = {
  transaction: Knex.Transaction;
  warning: WaiverWarning;
  now: Date;
};

/** Notes that a warning is given, in the transaction that queues it. False when it was given before. */
export async function recordWarning(
  options: RecordWarningOptions,
): Promise<boolean> {
  const { transaction, warning, now } = options;
  const { waiver, days } = warning;
  const added = await transaction<WaiverWarningRow>('waiver_warnings')
    .insert({
      source: waiver.source,
      name: waiver.name,
      expires: waiver.expires,
      days,
      warned_at: now.toISOString(),
    })
    .onConflict(['source', 'name', 'expires', 'days'])
    .ignore()
    .returning('name');
  return added.length > 0;
}
