import { Knex } from 'knex';
import { SourceReport } from 'backstage-plugin-supply-chain-node';
import { databaseTime } from '../../databaseTime';
import { storableMessage } from '../../storable';
import { SourceHealthRow } from '../../tables';
import { requestAllVerdicts } from '../verdicts/requestAllVerdicts';

/** Options of {@link reportSource}. */
export type ReportSourceOptions = {
  knex: Knex;
  feed: string;
  report: SourceReport;
};

/**
 * Stores how a source is doing, with when it last did well and when it last did not. Verdicts on a cluster
 * depend on whether its scanner can be read, and all of them on those of no cluster: they are queued when that changes.
 */
export async function reportSource(
  options: ReportSourceOptions,
): Promise<void> {
  const { knex, feed, report } = options;
  const before = await knex<SourceHealthRow>('source_health')
    .where({ kind: report.kind, name: report.name })
    .first();
  const well = report.state === 'ok' || report.state === 'degraded';
  const badly = report.state === 'down' || report.state === 'degraded';
  await knex<SourceHealthRow>('source_health')
    .insert({
      kind: report.kind,
      name: report.name,
      feed,
      state: report.state,
      reason: report.reason ?? null,
      message: storableMessage(report.message),
      next_try_at: report.nextTryAt ?? null,
      parts: report.parts ? JSON.stringify(report.parts) : null,
      of_no_cluster: report.ofNoCluster ?? false,
      ...(report.items !== undefined ? { items: report.items } : {}),
      ...(well ? { last_success_at: databaseTime(knex) as never } : {}),
      ...(badly ? { last_failure_at: databaseTime(knex) as never } : {}),
    })
    .onConflict(['kind', 'name'])
    .merge();
  if (
    report.kind === 'scanner' &&
    isReadable(before?.state) !== isReadable(report.state)
  ) {
    await requestAllVerdicts({
      knex,
      ...(!report.ofNoCluster && { cluster: report.name }),
    });
  }
}

function isReadable(state: string | undefined): boolean {
  return state === 'ok' || state === 'degraded';
}
