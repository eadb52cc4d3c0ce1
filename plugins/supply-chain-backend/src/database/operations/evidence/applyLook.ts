import { Evidence, subjectKey } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { LookResult } from '../../../stores/EvidenceStore';
import { EvidenceRow, HistoryRow, RunningImageRow } from '../../tables';
import { requestVerdicts } from '../verdicts/requestVerdicts';
import { completeWork } from '../work/completeWork';
import { requestSiblingLooks } from '../work/requestSiblingLooks';
import { evidenceRowOf } from './evidenceRow';
import { writeSubjectDigests } from './writeSubjectDigests';

/** Options of {@link applyLook}. */
export type ApplyLookOptions = { knex: Knex; result: LookResult };

/**
 * Stores what a look found, its history, the verdicts to be made and the next look in one transaction.
 * False, and nothing stored, when the lease was lost.
 */
export async function applyLook(options: ApplyLookOptions): Promise<boolean> {
  const { knex, result } = options;
  const { task, written, attempts, nextLookMs } = result;
  const key = subjectKey(task.subject);
  return knex.transaction(async transaction => {
    const ours = await completeWork({
      transaction,
      subjectKey: key,
      lease: task.lease,
      ticket: task.ticket,
      attempts,
      afterMs: nextLookMs,
    });
    if (!ours) {
      return false;
    }
    await transaction<EvidenceRow>('evidence')
      .insert(written.map(({ stored }) => evidenceRowOf(stored)))
      .onConflict(['subject_key', 'collector', 'kind'])
      .merge();
    await writeHistory({ transaction, result });
    const changed = written.filter(each => each.changed);
    if (changed.length > 0) {
      await writeSubjectDigests({
        transaction,
        evidence: changed.map(each => each.stored.evidence),
      });
      const images = await transaction<RunningImageRow>('running_images')
        .where({ subject_key: key, running: true })
        .select('id');
      await requestVerdicts({
        transaction,
        runningImageIds: images.map(image => image.id),
      });
      if (changed.some(({ stored }) => tellsOfBuild(stored.evidence))) {
        await requestSiblingLooks({ transaction, subject: task.subject });
      }
    }
    return true;
  });
}

/** Whether others of the repository may be told against what it says. */
function tellsOfBuild(evidence: Evidence): boolean {
  return (
    evidence.kind === 'provenance' &&
    (evidence.detail?.statements ?? []).some(
      ({ content, checks }) =>
        content.type === 'slsaProvenance' &&
        checks.some(({ status }) => status === 'verified'),
    )
  );
}

async function writeHistory(options: {
  transaction: Knex.Transaction;
  result: LookResult;
}): Promise<void> {
  const { transaction, result } = options;
  const { repository, digest } = result.task.subject;
  if (result.transitions.length > 0) {
    await transaction<HistoryRow>('history').insert(
      result.transitions.map(({ kind, reason }) => ({
        at: result.now.toISOString(),
        kind,
        repository,
        digest,
        entity_ref: '',
        reason: reason ?? null,
      })),
    );
  }
}
